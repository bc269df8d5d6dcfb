package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.ServerError;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationScript;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Position;
import dev.sluice.sql.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, of what went wrong in a step, the message for the person who has to act. */
final class Failure {

    private Failure() {}

    /**
     * Says what, where and why; whoever knows the state of the database adds that and the next command.
     *
     * @param migration where the statement may be found
     * @param progress how far the phase has come
     */
    static StepFailedException of(
            Step step, RuntimeException cause, String version, Optional<Migration> migration, String progress) {
        List<String> lines = new ArrayList<>();
        lines.add("migration " + version + ", " + step.info().title() + ": " + reason(cause));
        if (cause instanceof DatabaseException failure) {
            ServerError error = failure.error();
            error.detail().ifPresent(detail -> lines.add("detail: " + detail));
            error.hint().ifPresent(hint -> lines.add("hint: " + hint));
            error.where().ifPresent(where -> lines.add("in: " + where.replace("\n", "\n      ")));
            lines.addAll(place(step, failure, migration));
            if (!failure.statement().isEmpty()) {
                lines.add("statement: "
                        + Redaction.kept(failure.statement().strip()).replace("\n", "\n    "));
            }
        } else {
            lines.add("at: " + step.info().source());
        }
        String advice = cause instanceof StepException failure ? failure.advice() : "";
        return new StepFailedException(exitCode(cause), String.join("\n  ", lines), progress, advice, cause);
    }

    private static String reason(RuntimeException cause) {
        if (cause instanceof DatabaseException failure) {
            String state = failure.sqlState().isEmpty() ? "" : " (SQLSTATE " + failure.sqlState() + ")";
            return failure.error().message() + state;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** What the server said, if it was the server. */
    static Optional<DatabaseException> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseException refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    /** Whether the statement names what is not there, or cannot be understood: it would fail again. */
    static boolean isOfTheScript(DatabaseException refused) {
        String state = refused.sqlState();
        return !state.equals("42501") && (state.startsWith("42") || state.startsWith("3F") || state.startsWith("2B"));
    }

    /** What the role or the server lacks, and how to get it, before the same command; empty when that is not the trouble. */
    static String shortage(DatabaseException refused) {
        return switch (refused.sqlState()) {
            case "53100" -> "make room on the server's disk; then ";
            case "53200" ->
                refused.error()
                                .hint()
                                .filter(hint -> hint.contains("max_locks_per_transaction"))
                                .isPresent()
                        ? "raise max_locks_per_transaction, which needs a restart of the server (it locks more tables at once"
                                + " than that leaves room for, such as all partitions of one); then "
                        : "give the server more memory, or run this when it has some; then ";
            case "53300" -> "close some connections, or raise the limit of the role, the database or the server; then ";
            case "42501" -> "have this right granted to the role, or connect as one that has it; then ";
            case "53400" -> "raise the limit that the message names for this role (ALTER ROLE … SET …); then ";
            default -> "";
        };
    }

    /** What to do before the same command, for a script of which nothing has happened; ends so that the command fits. */
    static String advice(DatabaseException refused) {
        String state = refused.sqlState();
        if (isOfTheScript(refused)) {
            return "correct the migration; then ";
        }
        return state.startsWith("22") || state.startsWith("23")
                ? "correct the data, or the migration; then "
                : shortage(refused);
    }

    private static ExitCode exitCode(RuntimeException cause) {
        if (cause instanceof SluiceException failure && failure.exitCode() != ExitCode.ERROR) {
            return failure.exitCode();
        }
        return ExitCode.FAILED_SAFE;
    }

    /** The line of the file, with a caret under the server's position, when the statement is one of the script's own. */
    private static List<String> place(Step step, DatabaseException failure, Optional<Migration> migration) {
        String statement = failure.statement();
        Source source = step.info().source();
        int offset = statement.isEmpty()
                ? -1
                : migration.map(m -> m.up().sql().indexOf(statement.strip())).orElse(-1);
        if (offset < 0) {
            return List.of("at: " + source);
        }
        int leading = statement.length() - statement.stripLeading().length();
        int inStatement = failure.error().position().isPresent()
                ? Math.max(
                        0,
                        statement.offsetByCodePoints(
                                        0, failure.error().position().getAsInt() - 1)
                                - leading)
                : 0;
        MigrationScript script = migration.orElseThrow().up();
        Position position = script.position(offset + inStatement);
        List<String> lines = new ArrayList<>();
        lines.add("at: " + source.file() + ":" + position.line() + ":" + position.column());
        script.source()
                .excerpt(script.startOffset() + offset + inStatement)
                .lines()
                .forEach(lines::add);
        return lines;
    }
}
