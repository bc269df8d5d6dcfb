package dev.sluice.planner;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the script says before a change, or in all. Pure. */
public record ScriptBefore(List<Change> changes) {

    public ScriptBefore {
        changes = List.copyOf(changes);
    }

    public static ScriptBefore of(Draft draft, Change change) {
        return new ScriptBefore(draft.request().up().statements().stream()
                .filter(s -> s.start() <= change.statement().start())
                .map(ScriptBefore::changes)
                .flatMap(List::stream)
                .filter(c -> c.start() < change.start())
                .toList());
    }

    /** What the script says at its end. */
    public static ScriptBefore end(Draft draft) {
        return new ScriptBefore(draft.request().up().statements().stream()
                .flatMap(s -> changes(s).stream())
                .toList());
    }

    /** With the change itself: for a statement that drops several things. */
    public ScriptBefore and(Change change) {
        List<Change> more = new ArrayList<>(changes);
        more.add(change);
        return new ScriptBefore(more);
    }

    /** Whether a constraint or a relation of this name was dropped. */
    public boolean drops(String name) {
        return changes.stream().anyMatch(c -> isDropOf(c, name));
    }

    /** Whether a constraint or an index of this name has another one since. */
    public boolean renames(String name) {
        return changes.stream().filter(c -> c.kind().equals("RenameStmt")).anyMatch(c -> switch (c.command()
                .text("renameType")) {
            case "OBJECT_INDEX" -> c.relation().text("relname").equals(name);
            case "OBJECT_TABCONSTRAINT" -> c.command().text("subname").equals(name);
            default -> false;
        });
    }

    /** Whether a constraint or an index of this name has to be gone before another can have it. */
    public boolean frees(String name) {
        return drops(name) || renames(name);
    }

    /** Whether a table of this name was dropped. */
    boolean dropsTable(String name) {
        return changes.stream()
                .filter(c -> c.command().text("removeType").equals("OBJECT_TABLE"))
                .anyMatch(c -> isDropOf(c, name));
    }

    /** Whether the thing was dropped: by its own name, or as a part (column, policy, trigger, rule) of its table. */
    public boolean drops(ObjectRef thing) {
        if (thing.kind() == ObjectRef.Kind.COLUMN || thing.kind() == ObjectRef.Kind.DEFAULT) {
            return changes.stream()
                    .anyMatch(c -> c.kind().equals("AT_DropColumn")
                            && c.command().text("name").equals(thing.part())
                            && c.relation().text("relname").equals(thing.name().name()));
        }
        return drops(thing.part().isEmpty() ? thing.name().name() : thing.part());
    }

    /** Whether a key of that table goes with one of its columns, or of those that it refers to. */
    public boolean dropsColumnOf(QualifiedName table, Constraint key) {
        return key.columns().stream().map(c -> ObjectRef.column(table, c)).anyMatch(this::drops)
                || dropsReferencedColumnOf(key);
    }

    /** Whether a foreign key goes with one of the columns that it refers to. */
    boolean dropsReferencedColumnOf(Constraint key) {
        return key.foreignKey().stream()
                .flatMap(foreign -> foreign.columns().stream().map(c -> ObjectRef.column(foreign.table(), c)))
                .anyMatch(this::drops);
    }

    /**
     * What the script found under another name.
     *
     * @param name what it is called by now
     * @param kinds as in RENAME, such as {@code OBJECT_COLUMN}
     */
    public String nameAtStart(String name, Set<String> kinds) {
        String before = name;
        for (int i = changes.size() - 1; i >= 0; i--) {
            Node rename = changes.get(i).command();
            if (changes.get(i).kind().equals("RenameStmt")
                    && kinds.contains(rename.text("renameType"))
                    && rename.text("newname").equals(before)) {
                before = rename.has("subname")
                        ? rename.text("subname")
                        : changes.get(i).relation().text("relname");
            }
        }
        return before;
    }

    /** Whether a constraint of this name was added as NOT VALID. */
    public boolean addsNotValid(String constraint) {
        return changes.stream()
                .filter(c -> c.kind().equals("AT_AddConstraint"))
                .map(c -> c.command().get("def"))
                .anyMatch(d -> d.text("conname").equals(constraint) && d.flag("skip_validation"));
    }

    /** Whether a constraint of this name was added. */
    public boolean adds(String constraint) {
        return changes.stream()
                .filter(c -> c.kind().equals("AT_AddConstraint"))
                .anyMatch(c -> c.command().get("def").text("conname").equals(constraint));
    }

    /** Whether a trigger of this name was made. */
    public boolean createsTrigger(String name) {
        return changes.stream()
                .anyMatch(c -> c.kind().equals("CreateTrigStmt")
                        && c.command().text("trigname").equals(name));
    }

    /** Whether a unique index or a key was made before. */
    public boolean makesUnique() {
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
                        .flatMap(o -> Stream.of(o.strings("items"), o.strings("names"), o.strings("objname")))
                        .anyMatch(parts ->
                                !parts.isEmpty() && parts.get(parts.size() - 1).equals(name));
    }

    private static List<Change> changes(Statement statement) {
        return Change.of(statement);
    }
}
