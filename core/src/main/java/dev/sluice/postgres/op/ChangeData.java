package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Expression;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.planner.UpdateParts;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * UPDATE, DELETE and INSERT of the script on tables in use. Rows that are independent of one another change in short
 * batches; what was overwritten or deleted is kept until purge, so that undo is exact.
 *
 * <p>In expand, so that the new version finds the data it expects; except when a later statement of the script restricts
 * what the same table may hold: then at the beginning of contract, because until then the old version may write such rows
 * again.
 */
final class ChangeData implements Operation {

    @Override
    public String id() {
        return "change-data";
    }

    @Override
    public About about() {
        return About.of("Change rows", "`UPDATE`, `DELETE`, `INSERT` on existing rows")
                .expand("""
                        `UPDATE` and `DELETE` over the row's own columns run in batches of about 50 ms. Others run in
                        one transaction on tables below 10,000 rows and 16 MB, and are refused on larger ones. `INSERT`
                        runs in one transaction.
                        """)
                .contract("""
                        At its beginning instead, when a later statement of the script restricts the same table (SET NOT
                        NULL, ADD CONSTRAINT, unique index): until then the old version may write such rows again.
                        """)
                .purge("The kept rows are dropped.")
                .undo("""
                        What was overwritten or deleted is put back, except where the application has written since;
                        inserted rows are deleted.
                        """)
                .locks("`ROW EXCLUSIVE` on the table, and the rows of one batch.")
                .limits("""
                        Exact undo needs a primary key (or unique NOT NULL columns). `MERGE` and `INSERT … ON CONFLICT
                        DO UPDATE` cannot be taken back; the plan says so.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!Set.of("UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt").contains(change.kind())) {
            return false;
        }
        Optional<TableDraft> table = draft.findTable(change.relation());
        if (table.isEmpty()) {
            plain(change, draft);
        } else if (change.kind().equals("InsertStmt")) {
            insert(change, draft, table.get());
        } else {
            rows(change, draft, table.get());
        }
        return true;
    }

    /** Into a table of this migration, which goes when the migration is taken back. */
    private static void plain(Change change, Draft draft) {
        if (!draft.isNew(change.relation())) {
            draft.table(change);
        }
        draft.add(
                change,
                Placement.of(change, draft, Slot.CREATE),
                draft.step(change, "data " + change.relation().text("relname"), Placement.words(change))
                        .because("changes only a relation that this migration makes")
                        .opaque(List.of(change.statement().sql()), true, Optional.empty()));
    }

    private static void rows(Change change, Draft draft, TableDraft table) {
        requireNoSource(change, draft, table);
        List<String> keys = keys(change, draft, table);
        sideEffects(change, draft, table, keys);
        Optional<Batch> batch = batch(change, draft, table);
        if (batch.isEmpty() || keys.isEmpty()) {
            whole(change, draft, table, keys);
            return;
        }
        boolean delete = change.kind().equals("DeleteStmt");
        Batch rows = batch.get();
        if (delete) {
            tellOfRowsThatReferToOneAnother(change, draft, table.table());
        }
        List<String> kept = delete
                ? columns(change, draft, table)
                : rows.assignments.stream().map(Assignment::column).toList();
        if (rows.assignments.stream().anyMatch(a -> keys.contains(a.column()))) {
            whole(change, draft, table, keys);
            return;
        }
        String what = (delete ? "delete rows of " : "update ") + table.name().name();
        QualifiedName archive = archive(change, draft, table);
        Step.BatchedDml.Kind back =
                delete ? Step.BatchedDml.Kind.RESTORE_DELETED : Step.BatchedDml.Kind.RESTORE_UPDATED;
        Step undo = new Step.BatchedDml(
                draft.step(
                                change,
                                "restore " + what,
                                "put back what was overwritten or deleted: "
                                        + table.name().name())
                        .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                        .scans(table.table())
                        .info(),
                table.name(),
                back,
                rows.assignments,
                rows.where,
                keys,
                kept,
                archive);
        StepSpec spec = draft.step(change, what, what + " in batches")
                .because(SafeForms.rows(table.table())
                        + ": short batches keep row locks short; old values are kept until purge")
                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                .scans(table.table())
                .undo(undo);
        draft.add(
                change,
                RowsOrder.slot(change, draft, table),
                new Step.BatchedDml(
                        spec.info(),
                        table.name(),
                        delete ? Step.BatchedDml.Kind.DELETE : Step.BatchedDml.Kind.UPDATE,
                        rows.assignments,
                        rows.where,
                        keys,
                        kept,
                        archive));
        purge(change, draft, archive);
    }

    private static void tellOfRowsThatReferToOneAnother(Change change, Draft draft, Table table) {
        table.foreignKeys().stream()
                .filter(key -> key.foreignKey().orElseThrow().table().equals(table.name()))
                .filter(key -> Set.of(Constraint.Action.NO_ACTION, Constraint.Action.RESTRICT)
                        .contains(key.foreignKey().orElseThrow().onDelete()))
                .findFirst()
                .ifPresent(key -> draft.note(
                        Note.Level.WARNING,
                        change.source(),
                        "rows of " + table.name() + " that others refer to through " + key.name()
                                + " can only go together with these: where the batches come to such rows, what is left is deleted"
                                + " in one transaction, of one minute at most"));
    }

    private static List<String> keys(Change change, Draft draft, TableDraft table) {
        return SafeForms.keyColumns(table.table()).stream()
                .map(column -> calledThen(change, draft, table, column))
                .toList();
    }

    private static List<String> columns(Change change, Draft draft, TableDraft table) {
        return table.table().userColumns().stream()
                .map(column -> calledThen(change, draft, table, column.name()))
                .toList();
    }

    /** What a column is called when the statement runs: after the swap a renamed one has its new name. */
    private static String calledThen(Change change, Draft draft, TableDraft table, String before) {
        return RowsOrder.slot(change, draft, table).ordinal() <= Slot.SWAP.ordinal()
                ? before
                : table.renamed().stream()
                        .filter(rename -> rename.before().equals(before))
                        .map(TableDraft.Renamed::after)
                        .findFirst()
                        .orElse(before);
    }

    /** Only the rows of the table itself are kept for the way back. */
    private static void sideEffects(Change change, Draft draft, TableDraft table, List<String> keys) {
        boolean delete = change.kind().equals("DeleteStmt");
        if (!delete && assigned(change).noneMatch(keys::contains)) {
            return;
        }
        for (Catalog.IncomingForeignKey incoming : draft.catalog().foreignKeysTo(table.name())) {
            Constraint.ForeignKey key = incoming.constraint().foreignKey().orElseThrow();
            Constraint.Action action = delete ? key.onDelete() : key.onUpdate();
            if (action != Constraint.Action.NO_ACTION && action != Constraint.Action.RESTRICT) {
                draft.note(
                        Note.Level.LOSS,
                        change.source(),
                        "what this statement does to rows of "
                                + incoming.table().name() + " through "
                                + incoming.constraint().name() + " (" + (delete ? "ON DELETE " : "ON UPDATE ")
                                + action.name().replace('_', ' ') + ") cannot be taken back");
            }
        }
    }

    /** Until contract a column that the script fills follows the columns that it is filled from, whoever changes these. */
    private static void requireNoSource(Change change, Draft draft, TableDraft table) {
        for (AddedColumn filled : table.addedInOrder()) {
            filled.fill()
                    .filter(fill -> assigned(change).anyMatch(fill.expression().columns()::contains))
                    .ifPresent(fill -> {
                        throw draft.refuse(
                                change,
                                "fill-from-changed-column",
                                "line " + fill.change().source().line() + " fills the new column " + filled.name()
                                        + " from what this statement changes, and until contract " + filled.name()
                                        + " follows every change of that",
                                "Write this statement before the UPDATE that fills " + filled.name()
                                        + ", or in a later migration.");
                    });
        }
    }

    /** The columns that an UPDATE sets. */
    private static Stream<String> assigned(Change change) {
        return change.command().list("targetList").stream().map(target -> target.text("name"));
    }

    /** A change that looks at one row at a time. */
    record Batch(List<Assignment> assignments, String where) {}

    /** The statement taken apart, when each row can be changed without looking at others. */
    static Optional<Batch> batch(Change change, Draft draft, TableDraft table) {
        Node node = change.command();
        if (change.kind().equals("UpdateStmt")) {
            Optional<UpdateParts> parts =
                    UpdateParts.of(change.statement()).filter(p -> p.from().isEmpty());
            List<Assignment> assignments = new ArrayList<>();
            for (var entry : parts.map(UpdateParts::assignments)
                    .orElse(java.util.Map.of())
                    .entrySet()) {
                Optional<String> value =
                        local(draft, table, entry.getValue(), parts.get().names());
                if (value.isEmpty() || entry.getValue().equalsIgnoreCase("default")) {
                    return Optional.empty();
                }
                assignments.add(new Assignment(entry.getKey(), value.get()));
            }
            Optional<String> where = local(
                    draft,
                    table,
                    parts.flatMap(UpdateParts::where).orElse("true"),
                    parts.map(UpdateParts::names).orElse(Set.of()));
            return assignments.isEmpty() ? Optional.empty() : where.map(w -> new Batch(assignments, w));
        }
        if (!change.kind().equals("DeleteStmt")
                || !node.list("usingClause").isEmpty()
                || node.has("withClause")
                || !node.list("returningList").isEmpty()) {
            return Optional.empty();
        }
        Node relation = change.relation();
        String called = relation.has("alias") ? relation.get("alias").text("aliasname") : relation.text("relname");
        return local(draft, table, where(change), Set.of(called)).map(w -> new Batch(List.of(), w));
    }

    private static String where(Change change) {
        String sql = change.statement().sql();
        return Tokens.of(sql).stream()
                .filter(t -> t.depth() == 0 && t.isWord("where"))
                .findFirst()
                .map(t -> sql.substring(t.end()).strip())
                .orElse("true");
    }

    /** The expression for one row alone; empty when it looks at other rows or gives another value each time. */
    private static Optional<String> local(Draft draft, TableDraft table, String sql, Set<String> names) {
        Expression expression;
        try {
            expression = draft.expression(sql);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (expression.hasSubquery()
                || expression.namesWholeRow()
                || expression.tree().is("SetToDefault")) {
            return Optional.empty();
        }
        boolean known = expression.references().stream()
                .allMatch(r -> r.qualifier().isEmpty() || names.contains(r.qualifier()));
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(expression.rewrite(r -> r.qualifier().isEmpty()
                ? Optional.empty()
                : Optional.of(Identifier.quote(table.name().name()) + "." + Identifier.quote(r.column()))));
    }

    /** A statement that runs as written, in expand, would not find its table under the new name. */
    private static void requireOldName(Change change, Draft draft, TableDraft table) {
        if (table.newName().isPresent()) {
            throw draft.refuse(
                    change,
                    "rename-table",
                    "the script renames " + table.name() + " and then changes its rows; the table has its new name only"
                            + " after contract",
                    "Write this statement before the rename, with the old name, or rename the table in a migration of its"
                            + " own.");
        }
    }

    /** One transaction, for small tables only. */
    private static void whole(Change change, Draft draft, TableDraft table, List<String> keys) {
        requireOldName(change, draft, table);
        Table before = table.table();
        if (!SafeForms.isSmall(before)) {
            draft.refuseUnlessAllowed(
                    change,
                    "backfill-in-ddl-transaction",
                    "this statement looks at more than one row at a time, changes its key, or " + table.name()
                            + " has no key: it cannot be cut into batches, and " + SafeForms.rows(before)
                            + " are too many for one transaction",
                    "Write it as UPDATE or DELETE with conditions and values over the row's own columns, and give the table a"
                            + " primary key.");
        }
        String kind = change.kind();
        boolean changesKey = assigned(change).anyMatch(keys::contains);
        if (keys.isEmpty() || changesKey || kind.equals("MergeStmt")) {
            draft.note(
                    changesKey ? Note.Level.LOSS : Note.Level.WARNING,
                    change.source(),
                    "what this statement does cannot be taken back: "
                            + (changesKey
                                    ? "it changes the key of " + table.name()
                                    : keys.isEmpty() ? table.name() + " has no key" : "MERGE"));
            draft.add(
                    change,
                    RowsOrder.slot(change, draft, table),
                    spec(change, draft, table).opaque(List.of(change.statement().sql()), true, Optional.empty()));
            return;
        }
        QualifiedName archive = archive(change, draft, table);
        List<String> columns = before.userColumns().stream()
                .filter(c -> !c.isGenerated())
                .map(c -> Identifier.quote(calledThen(change, draft, table, c.name())))
                .toList();
        List<String> quotedKeys = keys.stream().map(Identifier::quote).toList();
        String list = String.join(", ", columns);
        String same = String.join(
                " AND ", quotedKeys.stream().map(k -> "t." + k + " = a." + k).toList());
        String set = String.join(
                ", ",
                columns.stream()
                        .filter(c -> !quotedKeys.contains(c))
                        .map(c -> c + " = a." + c)
                        .toList());
        List<String> undo = new ArrayList<>();
        if (kind.equals("UpdateStmt") && !set.isEmpty()) {
            undo.add("UPDATE " + table.name().quoted() + " AS t SET " + set + " FROM " + archive.quoted()
                    + " AS a WHERE " + same + " AND t.xmin = a.sluice_xmin");
        }
        if (kind.equals("DeleteStmt")) {
            undo.add("INSERT INTO " + table.name().quoted() + " (" + list + ") OVERRIDING SYSTEM VALUE SELECT " + list
                    + " FROM " + archive.quoted() + " AS a"
                    + (before.constraints().stream().anyMatch(Constraint::deferrable)
                            // which ON CONFLICT does not take
                            ? " WHERE NOT EXISTS (SELECT FROM " + table.name().quoted() + " AS t WHERE " + same + ")"
                            : " ON CONFLICT DO NOTHING"));
        }
        undo.add("DROP TABLE IF EXISTS " + archive.quoted());
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA IF NOT EXISTS " + Archive.SCHEMA);
        statements.add("CREATE TABLE " + archive.quoted() + " AS SELECT " + list + ", xmin AS sluice_xmin FROM "
                + table.name().quoted());
        statements.add(change.statement().sql());
        if (kind.equals("UpdateStmt")) {
            statements.add("UPDATE " + archive.quoted() + " AS a SET sluice_xmin = t.xmin FROM "
                    + table.name().quoted() + " AS t WHERE " + same + " AND t.xmin <> a.sluice_xmin");
            statements.add("DELETE FROM " + archive.quoted()
                    + " WHERE sluice_xmin::text::bigint <> pg_catalog.txid_current() & 4294967295");
        } else {
            statements.add("DELETE FROM " + archive.quoted() + " AS a USING "
                    + table.name().quoted() + " AS t WHERE " + same);
        }
        draft.add(
                change,
                RowsOrder.slot(change, draft, table),
                spec(change, draft, table)
                        .lock(table.name(), LockMode.SHARE_ROW_EXCLUSIVE)
                        .undo(draft.step(
                                        change,
                                        "restore data " + table.name().name(),
                                        "put back what was overwritten or deleted: "
                                                + table.name().name())
                                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                                .opaque(undo, true, Optional.empty()))
                        .opaque(statements, true, Optional.empty()));
        purge(change, draft, archive);
    }

    private static StepSpec spec(Change change, Draft draft, TableDraft table) {
        return draft.step(change, "data " + table.name().name(), Placement.words(change))
                .because(SafeForms.rows(table.table()) + ": one transaction takes milliseconds")
                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                .scans(table.table());
    }

    /** The keys of what was inserted are kept, so that it can be taken back. */
    private static void insert(Change change, Draft draft, TableDraft table) {
        requireOldName(change, draft, table);
        requireOptional(change, draft, table);
        List<String> keys =
                keys(change, draft, table).stream().map(Identifier::quote).toList();
        Node node = change.command();
        boolean simple = node.list("returningList").isEmpty()
                && !node.has("withClause")
                && !node.get("onConflictClause").text("action").equals("ONCONFLICT_UPDATE");
        Slot slot = RowsOrder.slot(change, draft, table);
        StepSpec spec = draft.step(change, "insert " + table.name().name(), Placement.words(change))
                .because("additive: new rows, in one transaction")
                .lock(table.name(), LockMode.ROW_EXCLUSIVE);
        if (keys.isEmpty() || !simple) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the inserted rows cannot be taken back: "
                            + (keys.isEmpty()
                                    ? table.name() + " has no key"
                                    : "WITH, RETURNING or ON CONFLICT DO UPDATE"));
            draft.add(change, slot, spec.opaque(List.of(change.statement().sql()), true, Optional.empty()));
            return;
        }
        QualifiedName archive = archive(change, draft, table);
        String list = String.join(", ", keys);
        String same = String.join(
                " AND ", keys.stream().map(k -> "t." + k + " = a." + k).toList());
        draft.add(
                change,
                slot,
                spec.undo(draft.step(
                                        change,
                                        "insert-undo " + table.name().name(),
                                        "delete the rows inserted into "
                                                + table.name().name())
                                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                                .opaque(
                                        List.of(
                                                "DELETE FROM " + table.name().quoted() + " AS t USING "
                                                        + archive.quoted() + " AS a WHERE " + same,
                                                "DROP TABLE IF EXISTS " + archive.quoted()),
                                        true,
                                        Optional.empty()))
                        .opaque(
                                List.of(
                                        "CREATE SCHEMA IF NOT EXISTS " + Archive.SCHEMA,
                                        "CREATE TABLE " + archive.quoted() + " AS SELECT " + list + " FROM "
                                                + table.name().quoted() + " WITH NO DATA",
                                        "WITH sluice_new AS ("
                                                + change.statement().sql() + " RETURNING " + list + ") INSERT INTO "
                                                + archive.quoted() + " SELECT * FROM sluice_new"),
                                true,
                                Optional.empty()));
        purge(change, draft, archive);
    }

    /** What the script drops before the INSERT is there until contract, and must have a value. */
    private static void requireOptional(Change change, Draft draft, TableDraft table) {
        table.dropped().keySet().stream()
                .flatMap(column -> table.table().column(column).stream())
                .filter(column -> column.notNull()
                        && !column.isIdentity()
                        && !column.isGenerated()
                        && column.defaultExpression().isEmpty())
                .findFirst()
                .ifPresent(column -> {
                    throw draft.refuse(
                            change,
                            "insert-without-dropped-column",
                            "the script drops column " + column.name() + " of " + table.name()
                                    + ", which takes effect in contract, and before that the rows of this INSERT need a value"
                                    + " in it",
                            "Write the INSERT before the DROP COLUMN, with a value, or in a later migration.");
                });
    }

    static QualifiedName archive(Change change, Draft draft, TableDraft table) {
        String base = draft.ownName(
                table.name().name(), "rows", "line" + change.source().line());
        QualifiedName name = QualifiedName.of(Archive.SCHEMA, base);
        for (int i = 2; draft.isNew(name); i++) {
            name = name.withName(Identifier.bounded(base + "_" + i));
        }
        draft.created(name);
        return name;
    }

    static void purge(Change change, Draft draft, QualifiedName archive) {
        draft.add(
                Slot.PURGE,
                draft.step(change, "purge " + archive.name(), "drop the kept rows " + archive.name())
                        .because("they cannot be brought back after this")
                        .brief(Step.Purpose.DROP, "DROP TABLE IF EXISTS " + archive.quoted()));
    }
}
