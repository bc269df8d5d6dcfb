package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * goose's annotations. {@code StatementBegin} and {@code StatementEnd} are checked to come in pairs and not needed
 * otherwise, since the real parser knows where a statement ends.
 */
final class GooseMarkers implements SectionMarker.Syntax {
    private static final Pattern ANNOTATION = Pattern.compile("(?is)\\+goose\\s*(.*)");
    private static final List<String> KNOWN =
            List.of("up", "down", "statementbegin", "statementend", "no transaction", "envsub on", "envsub off");

    @Override
    public String up() {
        return "-- +goose Up";
    }

    @Override
    public String down() {
        return "-- +goose Down";
    }

    @Override
    public List<SectionMarker> markers(ScannedScript scanned, Collected out) {
        List<SectionMarker> markers = new ArrayList<>();
        TransactionMode transaction = transaction(scanned);
        Optional<Comment> open = Optional.empty();
        for (Comment comment : scanned.comments()) {
            Optional<String> command = command(comment);
            if (command.isEmpty()) {
                continue;
            }
            switch (command.get()) {
                case "up", "down" ->
                    markers.add(new SectionMarker(comment, command.get().equals("up"), transaction));
                case "statementbegin" -> {
                    if (open.isPresent()) {
                        refuse(scanned, comment, "a StatementBegin inside another one", out);
                    }
                    open = Optional.of(comment);
                }
                case "statementend" -> {
                    if (open.isEmpty()) {
                        refuse(scanned, comment, "a StatementEnd without StatementBegin", out);
                    }
                    open = Optional.empty();
                }
                case "no transaction", "envsub off" -> {}
                case "envsub on" ->
                    out.problem(Problem.inScript(
                            scanned.source(),
                            comment.start(),
                            "Sluice puts no environment variables into scripts: the same file would not be the same change"
                                    + " everywhere. Write the values, and remove ENVSUB"));
                default ->
                    refuse(
                            scanned,
                            comment,
                            "unknown goose annotation"
                                    + NearestName.of(command.get(), KNOWN)
                                            .map(near -> "; did you mean '+goose " + near + "'?")
                                            .orElse(""),
                            out);
            }
        }
        open.ifPresent(comment -> refuse(scanned, comment, "a StatementBegin without StatementEnd", out));
        return markers;
    }

    /** In lower case, and with the older spelling of one name. Only comments of a line of their own count in goose. */
    private static Optional<String> command(Comment comment) {
        Matcher matcher = ANNOTATION.matcher(comment.body());
        return comment.ownLine() && matcher.matches()
                ? Optional.of(matcher.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s+", " ")
                        .replace("envsubst", "envsub"))
                : Optional.empty();
    }

    private static TransactionMode transaction(ScannedScript scanned) {
        boolean off =
                scanned.comments().stream().anyMatch(comment -> command(comment).equals(Optional.of("no transaction")));
        return off ? TransactionMode.OFF : TransactionMode.ON;
    }

    private static void refuse(ScannedScript scanned, Comment comment, String message, Collected out) {
        out.problem(Problem.inScript(scanned.source(), comment.start(), message));
    }
}
