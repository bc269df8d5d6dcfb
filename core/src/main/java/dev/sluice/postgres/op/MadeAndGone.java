package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.planner.Change;
import dev.sluice.planner.ColumnDefinition;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Refuses scripts that make or rename a thing and take it away again. What a statement makes, and what another one takes
 * away, come in different phases, so that the one would miss the other; and such a script says less without both.
 */
final class MadeAndGone {

    /** Statements that only say more about the column they name. */
    private static final Set<String> ABOUT_THE_COLUMN = Set.of("AT_SetNotNull", "AT_DropNotNull", "AT_ColumnDefault");

    /** Statements that make something of columns, which goes when they go. */
    private static final Set<String> MAKES_OF_COLUMNS = Set.of(
            "IndexStmt",
            "AT_AddConstraint",
            "AT_AddColumn",
            "AT_SetNotNull",
            "AT_AlterColumnType",
            "CreateStatsStmt",
            "CreateTrigStmt",
            "CreatePolicyStmt",
            "ViewStmt",
            "CreateTableAsStmt",
            "RuleStmt");

    private static final Set<String> CHANGES_ROWS = Set.of("UpdateStmt", "InsertStmt", "DeleteStmt", "MergeStmt");

    /** Statements that make something which reads columns by their names. */
    private static final Set<String> READS_COLUMNS =
            Set.of("ViewStmt", "CreateTableAsStmt", "RuleStmt", "CreateTrigStmt", "CreatePolicyStmt");

    private MadeAndGone() {}

    /** A thing under a name that the script itself gave it. */
    static void requireOldName(Change change, Draft draft, String name) {
        renames(draft, change)
                .filter(c -> !c.command().text("renameType").equals("OBJECT_COLUMN"))
                .filter(c -> c.command().text("newname").equals(name))
                .findFirst()
                .ifPresent(rename -> {
                    throw draft.refuse(
                            change,
                            "drop-renamed",
                            "line " + rename.source().line() + " gives " + name
                                    + " its name, which it has only after contract," + " and this statement drops it",
                            "Leave out the rename, and drop it under its old name.");
                });
    }

    /** A table that goes, of which the script has renamed something, or changed what takes effect in contract. */
    static void requireAsItWas(Change change, Draft draft, Table table) {
        Set<String> parts = new HashSet<>();
        parts.add(table.name().name());
        table.indexes().forEach(i -> parts.add(i.name().name()));
        before(draft, change)
                .filter(c -> c.kind().equals("CreateStatsStmt"))
                .filter(c -> c.command().list("relations").stream()
                        .flatMap(r -> draft.findTable(r).stream())
                        .anyMatch(t -> t.name().equals(table.name())))
                .findFirst()
                .ifPresent(made -> {
                    throw draft.refuse(
                            change,
                            "drop-table",
                            "line " + made.source().line() + " makes statistics of " + table.name()
                                    + ", and this statement drops the table",
                            "Leave out the statistics.");
                });
        renames(draft, change)
                .filter(c -> parts.contains(c.relation().text("relname"))
                        || draft.findTable(c.relation())
                                .filter(t -> t.name().equals(table.name()))
                                .isPresent())
                .findFirst()
                .ifPresent(rename -> {
                    throw draft.refuse(
                            change,
                            "drop-renamed",
                            "line " + rename.source().line() + " renames " + table.name()
                                    + " or a part of it, and this statement drops it",
                            "Leave out the rename.");
                });
    }

    /** A column that goes, of which the script has made an index, a key that refers to it or the like, or renamed one. */
    static void requireUnused(Change change, Draft draft, TableDraft table, Column column) {
        newKeyTo(change, draft, table, column).ifPresent(key -> {
            throw draft.refuse(
                    change,
                    "drop-used-column",
                    "line " + key.position().line() + " makes a foreign key to column " + column.name() + " of "
                            + table.name() + ", and this statement drops the column, and the key with it",
                    "Leave out what line " + key.position().line() + " says of it.");
        });
        usedBefore(change, draft, table, column).ifPresent(earlier -> {
            throw draft.refuse(
                    change,
                    "drop-used-column",
                    "line " + earlier.source().line() + " changes column " + column.name() + " of " + table.name()
                            + ", or makes or renames something that goes with it, and this statement drops the column",
                    "Leave out what line " + earlier.source().line() + " says of it.");
        });
    }

    /** A column whose place another one takes, with a copy of all that there is before the script, not of what this makes. */
    static void requireCopied(Change change, Draft draft, TableDraft table, Column column) {
        usedBefore(change, draft, table, column).ifPresent(earlier -> {
            throw draft.refuse(
                    change,
                    "change-type-dependent-object",
                    "line " + earlier.source().line() + " makes or renames something that hangs on column "
                            + column.name() + " of " + table.name()
                            + ", and this statement changes the column's type, for"
                            + " which a second column takes its place with what hung on it before the script",
                    "Write what line " + earlier.source().line() + " says of it after this statement: then it waits for"
                            + " the new column.");
        });
        requireNotReferred(change, draft, table, column);
    }

    /** Neither may a key that the script makes hold on to the column, which is dropped here or on the way back. */
    static void requireNotReferred(Change change, Draft draft, TableDraft table, Column column) {
        newKeyTo(change, draft, table, column).ifPresent(key -> {
            throw draft.refuse(
                    change,
                    "change-type-dependent-object",
                    "line " + key.position().line() + " makes a foreign key to column " + column.name() + " of "
                            + table.name() + ", and this statement changes the column's type: the key would"
                            + " hold on to the column whose place another one takes",
                    "Write what line " + key.position().line() + " says after this statement.");
        });
    }

    private static Optional<Statement> newKeyTo(Change change, Draft draft, TableDraft table, Column column) {
        return DropTable.newForeignKeys(draft, ScriptBefore.of(draft, change), table.name())
                .filter(s -> refersTo(draft, s, table, column))
                .findFirst();
    }

    /** Foreign keys that name no column are about the primary key. */
    private static boolean refersTo(Draft draft, Statement statement, TableDraft table, Column column) {
        return statement.node().all("Constraint").stream()
                .filter(c -> draft.findTable(c.get("pktable"))
                        .filter(t -> t == table)
                        .isPresent())
                .map(c -> c.strings("pk_attrs"))
                .map(named -> named.isEmpty()
                        ? table.table().primaryKey().map(Constraint::columns).orElse(List.of())
                        : named)
                .anyMatch(named -> named.contains(column.name()));
    }

    /** What the script made of a column, or renamed of what it has. */
    private static Optional<Change> usedBefore(Change change, Draft draft, TableDraft table, Column column) {
        Set<String> parts = new HashSet<>();
        table.table().constraints().stream()
                .filter(c -> c.columns().contains(column.name()))
                .map(Constraint::name)
                .forEach(parts::add);
        table.table().indexes().stream()
                .filter(i -> draft.catalog().uses(table.table(), i, column.name()))
                .map(i -> i.name().name())
                .forEach(parts::add);
        Predicate<Change> renamesPart = c -> c.kind().equals("RenameStmt")
                && (parts.contains(c.command().text("subname"))
                        || parts.contains(c.relation().text("relname")));
        // a body in quotes does not hold on to what it names
        Predicate<Change> makesOfIt =
                c -> (MAKES_OF_COLUMNS.contains(c.kind()) || c.command().has("sql_body"))
                        && isOf(draft, c, table)
                        && (Placement.names(c.text()).contains(column.name())
                                || !c.command().all("A_Star").isEmpty());
        return before(draft, change).filter(renamesPart.or(makesOfIt)).findFirst();
    }

    /** A column of this script that gets another name, or goes: nothing else may name it in between. */
    static void requireOnlyAdded(Change change, Draft draft, TableDraft table, String column) {
        boolean apart = table.added(column)
                .filter(c -> c.rowByRow().isPresent()
                        || ColumnDefinition.of(c.change()).parts().stream()
                                .anyMatch(p -> AddColumn.APART.contains(p.kind())))
                .isPresent();
        // the default of a column that is not filled is set by a step of its own, under the name of that line
        boolean filled =
                table.added(column).filter(c -> c.fill().isPresent()).isPresent() || draft.isFilledLater(table, column);
        Optional<Change> user = before(draft, change)
                .filter(c -> !(isOnlyAbout(c, column) && isOf(draft, c, table))
                        || c.kind().equals("AT_ColumnDefault") && !filled)
                .filter(c -> Placement.names(c.text()).contains(column))
                .findFirst();
        if (apart || user.isPresent()) {
            throw draft.refuse(
                    change,
                    "new-column-again",
                    "the script itself adds column " + column + " of " + table.name() + ", "
                            + user.map(c -> "uses it in line " + c.source().line())
                                    .orElse("with a constraint or a sequence named after it")
                            + ", and then renames or drops it",
                    "Add it under its last name, or not at all.");
        }
    }

    /** A name that a column has only between two renames: what the script does under it comes when it has the last one. */
    static void requireNameUnused(Change change, Draft draft, TableDraft table, String column) {
        before(draft, change)
                .filter(c -> !c.kind().equals("RenameStmt"))
                .filter(c -> names(c, table, column))
                .findFirst()
                .ifPresent(user -> {
                    throw draft.refuse(
                            change,
                            "renamed-column-again",
                            "line " + user.source().line() + " uses a column of " + table.name() + " by the name "
                                    + column + ", which it has only between two renames of the script",
                            "Rename it once, to its last name.");
                });
    }

    /** A column that gets another name, or goes, before a statement of the script runs that waits for the swap. */
    static void requireNotAwaited(Change change, Draft draft, TableDraft table, String column) {
        before(draft, change)
                .filter(c -> CHANGES_ROWS.contains(c.kind()) || READS_COLUMNS.contains(c.kind()))
                .filter(c -> names(c, table, column))
                .filter(c -> waits(c, draft, table))
                .findFirst()
                .ifPresent(user -> {
                    throw draft.refuse(
                            change,
                            "column-used-in-between",
                            "line " + user.source().line() + " uses column " + column + " of " + table.name()
                                    + ", and waits for contract to give another thing its last form; by then this statement"
                                    + " has taken the column's name away",
                            "Write line " + user.source().line()
                                    + " in a migration of its own, before this one or after it.");
                });
    }

    /** Whether a statement may be about this column: it has its name, and that of the table, the old or the new one. */
    private static boolean names(Change change, TableDraft table, String column) {
        Set<String> names = Placement.names(change.statement().sql());
        return names.contains(column)
                && (names.contains(table.table().name().name())
                        || table.newName()
                                .filter(renamed ->
                                        names.contains(renamed.after().name()))
                                .isPresent());
    }

    private static boolean waits(Change change, Draft draft, TableDraft table) {
        return CHANGES_ROWS.contains(change.kind()) && draft.has(new Mark.RowsChange(Slot.AFTER_SWAP, table.name()))
                || Placement.of(change, draft, Slot.CREATE) == Slot.AFTER_SWAP;
    }

    private static boolean isOnlyAbout(Change change, String column) {
        Node command = change.command();
        return switch (change.kind()) {
            case "AT_AddColumn" -> command.get("def").text("colname").equals(column);
            case "UpdateStmt" ->
                command.list("targetList").stream()
                        .allMatch(target -> target.text("name").equals(column));
            default -> ABOUT_THE_COLUMN.contains(change.kind());
        };
    }

    private static boolean isOf(Draft draft, Change change, TableDraft table) {
        // CREATE STATISTICS and CREATE POLICY have their table elsewhere
        return Stream.concat(Stream.of(change.relation()), change.statement().node().all("RangeVar").stream())
                .anyMatch(r -> draft.findTable(r).filter(t -> t == table).isPresent());
    }

    private static Stream<Change> renames(Draft draft, Change change) {
        return before(draft, change).filter(c -> c.kind().equals("RenameStmt"));
    }

    private static Stream<Change> before(Draft draft, Change change) {
        return ScriptBefore.of(draft, change).changes().stream();
    }
}
