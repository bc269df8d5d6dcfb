package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ALTER COLUMN … TYPE. Without a rewrite, or on a small table: as it is. With a rewrite: a second column, swapped in
 * contract. Between types that cannot stand for one another: refused, unless the author accepts that the column changes
 * its meaning at the moment of the swap.
 */
final class ChangeType implements Operation {

    private static final Set<ObjectRef.Kind> BLOCKING = Set.of(
            ObjectRef.Kind.VIEW,
            ObjectRef.Kind.MATERIALIZED_VIEW,
            ObjectRef.Kind.RULE,
            ObjectRef.Kind.POLICY,
            ObjectRef.Kind.TRIGGER,
            ObjectRef.Kind.FUNCTION,
            ObjectRef.Kind.PUBLICATION,
            ObjectRef.Kind.COLUMN);

    /** That of types whose columns rarely have another. */
    private static final Map<String, Column.Storage> USUAL_STORAGE = Map.of(
            "uuid", Column.Storage.PLAIN,
            "int2", Column.Storage.PLAIN,
            "int4", Column.Storage.PLAIN,
            "int8", Column.Storage.PLAIN,
            "bool", Column.Storage.PLAIN,
            "timestamp", Column.Storage.PLAIN,
            "timestamptz", Column.Storage.PLAIN,
            "text", Column.Storage.EXTENDED,
            "varchar", Column.Storage.EXTENDED,
            "jsonb", Column.Storage.EXTENDED);

    /** Types whose values another type, or a smaller precision of the same, may round. */
    private static final Set<String> ROUNDABLE =
            Set.of("numeric", "float4", "float8", "timestamp", "timestamptz", "time", "timetz", "interval");

    @Override
    public String id() {
        return "change-type";
    }

    @Override
    public About about() {
        return About.of("Change a column's type", "`ALTER TABLE … ALTER COLUMN … TYPE`")
                .expand("""
                        *Without a rewrite* (a wider varchar, varchar to text, …; which ones was observed on every
                        supported version) or on a small table: as written.

                        *With a rewrite, compatible* (int to bigint, …: both versions can use both types): a second
                        column, kept equal by a trigger and filled in batches, with the same indexes and constraints.
                        """)
                .contract("""
                        The names are swapped in one short transaction; the old column is archived.
                        """)
                .purge("The old column is dropped for good.")
                .undo("""
                        The old column comes back, with the values the new version wrote since, translated by the down
                        script. Of a value that the old type cannot hold the column gets what fits: the beginning of a
                        text, NULL for others; the whole is kept in an archived column, and `down` says so. Where the
                        column is NOT NULL and the value no text, or the table is large and the script has a USING,
                        `down` stops before it changes anything and names the row.
                        """)
                .locks("`ACCESS EXCLUSIVE`, for the catalog changes only.")
                .limits("""
                        *With a rewrite, incompatible* (text to int under one name): refused. Add a column with a new
                        name, fill it, drop the old one; or allow `same-name-cutover`: the old version works until the
                        swap, the new one from the swap on.

                        *Renamed and retyped in one script*: when the type runs as written; otherwise refused, one of
                        the two at a time.
                        """)
                .with("Under views, policies or rules", """
                        Those that the script drops first and makes again: always by a second column, which the new ones
                        are made on; the archived ones stay on the old column.
                        """)
                .with("Several columns and tables at once", """
                        A foreign key whose columns change on both sides (`id` and `team_id` to bigint, circular ones
                        too) is made between the second columns, and takes its place with the first of the two swaps.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_AlterColumnType")) {
            return false;
        }
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        Optional<AddedColumn> added = table.added(name);
        TypeClause clause = TypeClause.of(change);
        if (added.isPresent()) {
            throw draft.refuse(
                    change,
                    "change-type-of-new-column",
                    "the script adds column " + name + " and changes its type",
                    "Add it with its final type " + clause.type() + ".");
        }
        Column column = table.before(name)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "column \"" + name + "\" does not exist in table " + table.name(),
                        "Check the name."));
        requireOnce(change, draft, table, name);
        requireNotMadeLate(change, draft, table, name);
        if (hasThatType(change, column, clause)) {
            draft.note(
                    Note.Level.INFO,
                    change.source(),
                    table.name() + "." + name + " is " + column.type().formatted() + " already: nothing to do");
            return true;
        }
        boolean underDropped = requireNothingDepends(change, draft, table.table(), column);
        TypeChange kind =
                clause.using().filter(u -> !u.equals(Identifier.quote(name))).isPresent()
                        ? new TypeChange(true, false, false)
                        : TypeChange.of(
                                column.type(), change.command().get("def").get("typeName"));
        boolean looksAtRows = kind.rewrite() || usedInCheckOrExpression(draft, table.table(), column);
        if (kind.isIncompatible()) {
            draft.refuseUnlessAllowed(
                    change,
                    "same-name-cutover",
                    table.name() + "." + name + " changes from " + column.type().formatted() + " to " + clause.type()
                            + " under one name: while both versions run, one of them would read values it does not"
                            + " understand",
                    "Add a column with a new name, fill it with an UPDATE, drop the old one. Or accept that the old"
                            + " version works until the swap of the contract phase and the new version only from then on.");
        }
        TiedTypes ties = new TiedTypes(draft, table.table(), column);
        boolean tied = ties.toAnotherTable();
        boolean tiedAnyhow = tied || ties.within();
        if (tiedAnyhow
                && !kind.lossless()
                && ROUNDABLE.contains(column.type().name().name())) {
            throw draft.refuse(
                    change,
                    "change-type-of-key",
                    "this rounds " + table.name() + "." + name
                            + ", and the script rounds the other end of a foreign key,"
                            + " too: as written, the one end changes before the other, and the key fails at the first"
                            + " value that is not round",
                    "Drop the foreign key before the two statements, and add it behind them.");
        }
        boolean asWritten = !underDropped
                && !tiedAnyhow
                && (!looksAtRows || SafeForms.isSmall(table.table()) && bringsOldValuesBack(column, kind));
        if (!column.name().equals(name) && !(asWritten && kind.lossless())) {
            throw draft.refuse(
                    change,
                    "rename-and-change-type",
                    "the script renames " + column.name() + " to " + name + " and changes its type, which "
                            + (kind.lossless() ? "takes a second column" : "not every value fits")
                            + ": one copy of a column cannot stand for both",
                    "Do one of the two in a migration of its own, contract included.");
        }
        RetypedColumn retyped = new RetypedColumn(change, draft, table, column, clause, kind);
        if (asWritten) {
            retyped.asWritten();
        } else {
            if (tied) {
                draft.note(
                        Note.Level.WARNING,
                        change.source(),
                        "after contract, `sluice down` takes back the types at the two ends of a foreign key of "
                                + table.name().name() + "." + name + " one after the other: the key goes with the first"
                                + " and comes back, validated, with the second. In between it is not enforced.");
            }
            retyped.copied();
        }
        return true;
    }

    /** ALTER TYPE also resets a collation, storage or compression of the column's own: then there is something to do. */
    private static boolean hasThatType(Change change, Column column, TypeClause clause) {
        return clause.using().isEmpty()
                && TypeChange.isSame(column.type(), change.command().get("def").get("typeName"))
                && clause.type().equals(clause.typeWithoutCollation())
                && column.collation().isEmpty()
                && column.compression().isEmpty()
                && column.storage() == USUAL_STORAGE.get(column.type().name().name());
    }

    /** Changing the type back gives each row what it had; jsonb does not remember how its json was written. */
    private static boolean bringsOldValuesBack(Column column, TypeChange kind) {
        return kind.lossless() && !column.type().name().name().equals("json");
    }

    /** Whether something depends that the script drops: until contract it needs the column as it is. */
    static boolean requireNothingDepends(Change change, Draft draft, Table table, Column column) {
        ScriptBefore script = ScriptBefore.of(draft, change);
        boolean dropped = false;
        for (Dependency dependency : draft.catalog().dependentsOf(ObjectRef.column(table.name(), column.name()))) {
            if (script.drops(dependency.dependent())) {
                dropped = true;
            } else if (BLOCKING.contains(dependency.dependent().kind())) {
                throw draft.refuse(
                        change,
                        "change-type-dependent-object",
                        dependency.dependent() + " uses column " + table.name() + "." + column.name()
                                + ": ALTER TYPE fails in a plain run too",
                        "Drop it earlier in the script and create it again after this statement.");
            }
        }
        if (table.isPartition() || column.inherited()) {
            throw draft.refuse(
                    change,
                    "partition-column",
                    table.name() + " is a partition or child: PostgreSQL changes the type on the parent only",
                    "Alter the parent table.");
        }
        return dropped;
    }

    /** A valid CHECK is checked again, and an index over an expression built again, under ACCESS EXCLUSIVE. */
    private static boolean usedInCheckOrExpression(Draft draft, Table table, Column column) {
        boolean check = table.constraints().stream()
                .anyMatch(c -> c.kind() == Constraint.Kind.CHECK && c.columns().contains(column.name()));
        boolean expression = draft.catalog().dependentsOf(ObjectRef.column(table.name(), column.name())).stream()
                .filter(d -> d.dependent().kind() == ObjectRef.Kind.INDEX)
                .flatMap(d -> table.indexes().stream()
                        .filter(i -> i.name().equals(d.dependent().name())))
                .anyMatch(i -> i.hasExpressionKeys() || i.predicate().isPresent());
        return check || expression;
    }

    /** A table that is made of the rows takes the column's type with it: it has to be made before that changes. */
    private static void requireNotMadeLate(Change change, Draft draft, TableDraft table, String column) {
        if (draft.lastRowsUse(table.name()) == Slot.CREATE) {
            return;
        }
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("CreateTableAsStmt"))
                .filter(c -> {
                    Set<String> names = Placement.names(c.statement().sql());
                    boolean named =
                            names.contains(column) || !c.command().all("A_Star").isEmpty();
                    return named && names.contains(table.name().name());
                })
                .findFirst()
                .ifPresent(made -> {
                    throw draft.refuse(
                            change,
                            "change-type-dependent-object",
                            "line " + made.source().line() + " makes a table or materialized view of " + table.name()
                                    + ", and may wait for rows that change late; then " + column
                                    + " would have its new type"
                                    + " there",
                            "Write this statement in a later migration.");
                });
    }

    private static void requireOnce(Change change, Draft draft, TableDraft table, String column) {
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("AT_AlterColumnType")
                        && c.command().text("name").equals(column)
                        && draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .findFirst()
                .ifPresent(earlier -> {
                    throw draft.refuse(
                            change,
                            "change-type-twice",
                            "line " + earlier.source().line() + " changes the type of " + column + " too",
                            "Change it once, to its last type.");
                });
    }
}
