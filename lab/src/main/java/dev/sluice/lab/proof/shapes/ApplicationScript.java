package dev.sluice.lab.proof.shapes;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.sql.Lexer;
import dev.sluice.sql.Position;
import dev.sluice.sql.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of an application version, from a file: separated by semicolons, with parameters written {@code :name} and
 * their values in comments:
 *
 * <pre>
 * -- param: id = SELECT id FROM users ORDER BY id LIMIT 20
 * -- param: name = 'Ann', 'Bob'
 * UPDATE users SET name = :name WHERE id = :id;
 * </pre>
 *
 * <p>A parameter's values are those of the first column of a query, which is asked anew in each state, or a list of SQL
 * expressions. Each run of a statement takes the next one. Immutable.
 */
public final class ApplicationScript {

    private static final Pattern PARAMETER = Pattern.compile("--\\s*param:\\s*([A-Za-z_]\\w*)\\s*=\\s*(.+)");
    private static final Pattern USE = Pattern.compile("(?<![:\\w]):([A-Za-z_]\\w*)");

    /** A statement of which some parts are parameters: one text before, between and after the parameters. */
    record Template(List<String> texts, List<String> names, Position position) {
        Template {
            texts = List.copyOf(texts);
            names = List.copyOf(names);
        }
    }

    private final Map<String, String> parameters;
    private final List<Template> templates;

    private ApplicationScript(Map<String, String> parameters, List<Template> templates) {
        this.parameters = Map.copyOf(parameters);
        this.templates = List.copyOf(templates);
    }

    /** @throws SluiceException when it cannot be read, has no statement, or uses a parameter without values */
    public static ApplicationScript read(Path file) {
        return of(MigrationDirectory.readFile(file));
    }

    /** The same from text. */
    public static ApplicationScript of(SourceText source) {
        requireNonNull(source);
        return new Reader(source).read();
    }

    /** Per parameter a query or a list of expressions. */
    Map<String, String> parameters() {
        return parameters;
    }

    List<Template> templates() {
        return templates;
    }

    /** Goes through the text once. */
    private static final class Reader {
        private final SourceText source;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<Template> templates = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private List<String> texts = new ArrayList<>();
        private List<String> names = new ArrayList<>();
        private int begin = -1;
        private int copied;

        Reader(SourceText source) {
            this.source = source;
        }

        ApplicationScript read() {
            String all = source.text();
            Lexer lexer = new Lexer(all);
            for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
                String token = all.substring(lexer.start(), lexer.end());
                if (kind == Lexer.Kind.LINE_COMMENT || kind == Lexer.Kind.BLOCK_COMMENT) {
                    comment(token);
                    copied = lexer.end();
                } else if (kind == Lexer.Kind.META_COMMAND) {
                    throw wrong(lexer.start(), "is a command for psql, not a statement.");
                } else if (kind == Lexer.Kind.SEMICOLON) {
                    statement();
                    copied = lexer.end();
                } else {
                    begin = begin < 0 ? lexer.start() : begin;
                    text.append(text.isEmpty() && texts.isEmpty() ? "" : all.substring(copied, lexer.start()));
                    code(kind, token, lexer.start());
                    copied = lexer.end();
                }
            }
            statement();
            if (templates.isEmpty()) {
                throw new SluiceException(
                        ExitCode.USAGE,
                        source.file() + " has no statement.\nNext: write the statements of the application in it.");
            }
            return new ApplicationScript(parameters, templates);
        }

        private void comment(String comment) {
            Matcher matcher = PARAMETER.matcher(comment.strip());
            if (matcher.matches()) {
                parameters.put(matcher.group(1), matcher.group(2).strip().replaceAll(";$", ""));
            }
        }

        private void code(Lexer.Kind kind, String token, int at) {
            if (kind != Lexer.Kind.CODE) {
                text.append(token);
                return;
            }
            Matcher matcher = USE.matcher(token);
            int from = 0;
            while (matcher.find()) {
                if (!parameters.containsKey(matcher.group(1))) {
                    throw wrong(
                            at + matcher.start(),
                            "is a parameter without values.\nNext: write `-- param: " + matcher.group(1)
                                    + " = SELECT …` above it.");
                }
                text.append(token, from, matcher.start());
                texts.add(text.toString());
                text.setLength(0);
                names.add(matcher.group(1));
                from = matcher.end();
            }
            text.append(token, from, token.length());
        }

        private void statement() {
            if (begin >= 0) {
                texts.add(text.toString());
                templates.add(new Template(texts, names, source.position(begin)));
            }
            text.setLength(0);
            texts = new ArrayList<>();
            names = new ArrayList<>();
            begin = -1;
        }

        private SluiceException wrong(int at, String what) {
            return new SluiceException(
                    ExitCode.VALIDATION, source.position(at) + ": what is here " + what + "\n" + source.excerpt(at));
        }
    }
}
