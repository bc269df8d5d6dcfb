package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.sql.Statement;
import java.util.List;

/** What the script says before a change. Pure. */
record ScriptBefore(List<Change> changes) {

    ScriptBefore {
        changes = List.copyOf(changes);
    }

    static ScriptBefore of(Draft draft, Change change) {
        return new ScriptBefore(draft.request().up().statements().stream()
                .filter(s -> s.start() <= change.statement().start())
                .map(ScriptBefore::changes)
                .flatMap(List::stream)
                .filter(c -> c.start() < change.start())
                .toList());
    }

    /** Whether a constraint or a relation of this name was dropped. */
    boolean drops(String name) {
        return changes.stream().anyMatch(c -> isDropOf(c, name));
    }

    /** Whether a constraint of this name was added as NOT VALID. */
    boolean addsNotValid(String constraint) {
        return changes.stream()
                .filter(c -> c.kind().equals("AT_AddConstraint"))
                .map(c -> c.command().get("def"))
                .anyMatch(d -> d.text("conname").equals(constraint) && d.flag("skip_validation"));
    }

    /** Whether a constraint of this name was added. */
    boolean adds(String constraint) {
        return changes.stream()
                .filter(c -> c.kind().equals("AT_AddConstraint"))
                .anyMatch(c -> c.command().get("def").text("conname").equals(constraint));
    }

    /** Whether a unique index or a key was made before. */
    boolean makesUnique() {
        return changes.stream()
                .anyMatch(c -> c.kind().equals("IndexStmt") && c.command().flag("unique")
                        || c.kind().equals("AT_AddConstraint")
                        || c.kind().equals("AT_AddColumn"));
    }

    private static boolean isDropOf(Change change, String name) {
        if (change.kind().equals("AT_DropConstraint")) {
            return change.command().text("name").equals(name);
        }
        return change.kind().equals("DropStmt")
                && change.command().list("objects").stream()
                        .map(o -> o.strings("items"))
                        .anyMatch(parts ->
                                !parts.isEmpty() && parts.get(parts.size() - 1).equals(name));
    }

    private static List<Change> changes(Statement statement) {
        return Change.of(statement);
    }
}
