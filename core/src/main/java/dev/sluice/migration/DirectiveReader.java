package dev.sluice.migration;

import dev.sluice.sql.SourceText;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds and understands the {@code -- sluice:…} comments of a file. A directive before the first statement is about the
 * whole script if a blank line follows its block of comments; otherwise it is about the statement it stands in, or the
 * next one. Nothing that starts like a directive is passed over: what cannot be understood is a problem.
 */
final class DirectiveReader {
    private static final Pattern DIRECTIVE = Pattern.compile("(?is)sluice(\\s*:\\s*|\\s+)([\\w-]+)(?:\\s+(.*))?");
    private static final Pattern WORD = Pattern.compile(
            "\\s*(?:(?<key>[A-Za-z]\\w*)\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<plain>[^\\s\"]+))|(?<word>[^\\s=\"]+))(?=\\s|$)",
            Pattern.DOTALL);
    private static final Pattern HAZARD_ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String IDENTIFIER = "(?:[\\p{L}_][\\p{L}\\d_$]*|\"(?:[^\"]|\"\")+\")";
    private static final Pattern TABLES =
            Pattern.compile("T(?:\\s*,\\s*T)*".replace("T", IDENTIFIER + "(?:\\." + IDENTIFIER + ")?"));
    private static final List<String> NAMES =
            Arrays.stream(DirectiveName.values()).map(DirectiveName::text).toList();

    private final SourceText source;
    private final Consumer<Problem> problems;

    DirectiveReader(SourceText source, Consumer<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The directives among these comments, for the script that spans the given characters. */
    List<Directive> read(List<Comment> comments, int start, int end) {
        List<Directive> directives = new ArrayList<>();
        for (Comment comment : comments) {
            if (comment.start() >= start && comment.start() < end) {
                directive(comment)
                        .flatMap(found -> aimed(found, comment, start, end))
                        .ifPresent(directives::add);
            }
        }
        return directives;
    }

    private Optional<Directive> directive(Comment comment) {
        Matcher matcher = DIRECTIVE.matcher(comment.body());
        if (!matcher.matches()) {
            return comment.body().toLowerCase(Locale.ROOT).startsWith("sluice:")
                    ? refuse(comment, "a directive has a name: " + forms())
                    : Optional.empty();
        }
        String written = matcher.group(2);
        Optional<DirectiveName> name = Arrays.stream(DirectiveName.values())
                .filter(known -> known.text().equals(written.toLowerCase(Locale.ROOT)))
                .findFirst();
        if (!matcher.group(1).strip().equals(":")) {
            // "sluice allow x" is a slip of the pen, "sluice is great" is a comment.
            return name.isPresent()
                    ? refuse(comment, "write sluice:" + name.get().text() + ", with a colon")
                    : Optional.empty();
        }
        if (name.isEmpty() || !comment.body().startsWith("sluice:" + name.get().text())) {
            String meant = name.map(DirectiveName::text)
                    .or(() -> NearestName.of(written.toLowerCase(Locale.ROOT), NAMES))
                    .map(near -> "; did you mean sluice:" + near + "?")
                    .orElse("; known are " + forms());
            return refuse(comment, "unknown directive 'sluice:" + written + "'" + meant);
        }
        return arguments(
                comment, name.get(), Optional.ofNullable(matcher.group(3)).orElse(""));
    }

    private Optional<Directive> arguments(Comment comment, DirectiveName name, String rest) {
        if (name == DirectiveName.LOCKS) {
            return checked(comment, name, rest.strip(), Map.of());
        }
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        Matcher matcher = WORD.matcher(rest);
        int at = 0;
        while (at < rest.length() && !rest.substring(at).isBlank()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return refuse(comment, "cannot read '" + rest.substring(at).strip() + "'; the form is " + form(name));
            }
            String word = matcher.group("word");
            if (word != null) {
                words.add(word);
            } else if (options.put(matcher.group("key"), value(matcher)) != null) {
                return refuse(comment, matcher.group("key") + "= is given twice; the form is " + form(name));
            }
            at = matcher.end();
        }
        Set<String> known = name == DirectiveName.ALLOW ? Set.of("reason", "until") : Set.of("reason");
        Optional<String> unknown = options.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .findFirst();
        if (unknown.isPresent()) {
            return refuse(comment, "unknown option '" + unknown.get() + "='; the form is " + form(name));
        }
        if (words.size() != 1) {
            return refuse(
                    comment,
                    (words.isEmpty() ? "something is missing" : "'" + words.get(1) + "' is too much") + "; the form is "
                            + form(name) + (words.size() > 1 ? "; put text in double quotes" : ""));
        }
        return checked(comment, name, words.get(0), options);
    }

    private Optional<Directive> checked(
            Comment comment, DirectiveName name, String argument, Map<String, String> options) {
        boolean valid = switch (name) {
            case ALLOW -> HAZARD_ID.matcher(argument).matches();
            case DEPENDS -> true;
            case PHASE -> Set.of("expand", "contract").contains(argument);
            case TRANSACTION -> argument.equals("off");
            case STRATEGY -> Set.of("view", "copy").contains(argument);
            case LOCKS -> TABLES.matcher(argument).matches();
        };
        Optional<String> reason = Optional.ofNullable(options.get("reason"));
        if (!valid) {
            return refuse(comment, "'" + argument + "' is not possible here; the form is " + form(name));
        }
        if (name == DirectiveName.ALLOW
                && reason.filter(text -> !text.isBlank()).isEmpty()) {
            return refuse(comment, "an allowed hazard needs a reason, for those who read this later: " + form(name));
        }
        Optional<LocalDate> until = Optional.empty();
        if (options.containsKey("until")) {
            try {
                until = Optional.of(LocalDate.parse(options.get("until")));
            } catch (DateTimeParseException e) {
                return refuse(comment, "'" + options.get("until") + "' is no date; until= takes one as yyyy-MM-dd");
            }
        }
        return Optional.of(new Directive(name, argument, reason, until, comment.start(), OptionalInt.empty()));
    }

    private Optional<Directive> aimed(Directive directive, Comment comment, int start, int end) {
        if (directive.name() == DirectiveName.DEPENDS || directive.name() == DirectiveName.TRANSACTION) {
            return Optional.of(directive);
        }
        boolean statementBefore = comment.codeBefore() >= start;
        boolean inside = statementBefore && comment.codeBefore() > comment.semicolonBefore();
        boolean statementAfter = comment.codeAfter() >= 0 && comment.codeAfter() < end;
        if (inside) {
            return Optional.of(aimedAt(directive, comment.codeBefore()));
        }
        if (!statementBefore && (comment.setOff() || !statementAfter)) {
            return Optional.of(directive);
        }
        if (!comment.ownLine()) {
            return refuse(
                    comment,
                    "put the directive on a line of its own above the statement it is about; behind a"
                            + " semicolon it could be about either of two");
        }
        return statementAfter
                ? Optional.of(aimedAt(directive, comment.codeAfter()))
                : refuse(comment, "no statement follows that this directive could be about");
    }

    private static Directive aimedAt(Directive directive, int statementOffset) {
        return new Directive(
                directive.name(),
                directive.argument(),
                directive.reason(),
                directive.until(),
                directive.offset(),
                OptionalInt.of(statementOffset));
    }

    private Optional<Directive> refuse(Comment comment, String message) {
        problems.accept(Problem.inScript(source, comment.start(), message));
        return Optional.empty();
    }

    private static String value(Matcher matcher) {
        String quoted = matcher.group("quoted");
        return quoted == null ? matcher.group("plain") : quoted.replaceAll("(?s)\\\\(.)", "$1");
    }

    private static String form(DirectiveName name) {
        return "sluice:" + name.text()
                + switch (name) {
                    case ALLOW -> " <hazard-id> reason=\"…\" [until=yyyy-MM-dd]";
                    case DEPENDS -> " <version>";
                    case PHASE -> " expand|contract";
                    case TRANSACTION -> " off";
                    case STRATEGY -> " view|copy";
                    case LOCKS -> " <table>[, <table>]";
                };
    }

    private static String forms() {
        return String.join(
                ", ",
                Arrays.stream(DirectiveName.values()).map(DirectiveReader::form).toList());
    }
}
