package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A statement that changes rows of a small table in one transaction, whatever its form: the table is copied before it, and
 * what is the same after it is taken out of the copy again. What is left is the way back.
 */
final class WholeChange {

    /** What became of a row. */
    private enum Fate {
        INSERTED,
        CHANGED,
        DELETED,
        /** The way back could not put it in its place: for a human. */
        LEFT
    }

    private static final String XMIN = "sluice_xmin";
    private static final String FATE = "sluice_fate";

    private final Change change;
    private final Draft draft;
    private final TableDraft table;
    private final String name;
    private final QualifiedName archive;
    private final List<String> columns;
    private final List<String> others;
    private final String sameKey;

    /** @param keys the columns that identify a row, none of which the statement changes */
    WholeChange(Change change, Draft draft, TableDraft table, List<String> keys) {
        this.change = requireNonNull(change);
        this.draft = requireNonNull(draft);
        this.table = requireNonNull(table);
        this.name = table.name().quoted();
        this.archive = KeptRows.of(change, draft, table);
        boolean late = RowsOrder.slot(change, draft, table).ordinal() > Slot.SWAP.ordinal();
        List<String> all = table.table().userColumns().stream()
                .filter(c -> !c.isGenerated() && !(late && table.dropped().containsKey(c.name())))
                .map(Column::name)
                .map(column -> KeptRows.calledThen(change, draft, table, column))
                .toList();
        this.columns = all.stream().map(Identifier::quote).toList();
        this.others = all.stream().filter(c -> !keys.contains(c)).toList();
        this.sameKey = keys.stream()
                .map(Identifier::quote)
                .map(k -> "t." + k + " = a." + k)
                .collect(joining(" AND "));
    }

    /** The columns that an UPDATE, or what does the work of one, sets. */
    static Stream<String> assigned(Change change) {
        return Stream.of(
                        Stream.of(change.command()).filter(c -> c.is("UpdateStmt")),
                        Stream.of(change.command().get("onConflictClause")),
                        change.command().all("MergeWhenClause").stream()
                                .filter(when -> when.text("commandType").equals("CMD_UPDATE")))
                .flatMap(nodes -> nodes)
                .flatMap(node -> node.list("targetList").stream())
                .map(target -> target.text("name"));
    }

    Step step() {
        Set<Fate> fates = fates();
        Step restore = draft.step(
                        change,
                        "restore data " + table.name().name(),
                        "put back the rows that were there: " + table.name().name())
                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                .opaque(undo(fates), true, Optional.empty());
        Step discard = draft.step(
                        change, "discard " + archive.name(), "drop the kept rows, unless some could not be put back")
                .because("the application may have given another row the value of a unique column since")
                .discard(archive, Optional.empty(), "true", List.of("DROP TABLE IF EXISTS " + archive.quoted()));
        return ChangeData.spec(change, draft, table)
                .lock(table.name(), LockMode.SHARE_ROW_EXCLUSIVE)
                .undo(restore, discard)
                .opaque(statements(fates), true, Optional.empty());
    }

    private Set<Fate> fates() {
        return switch (change.kind()) {
            // foreign keys to the table itself may change rows that stay
            case "DeleteStmt" ->
                KeyActions.ofDelete(draft.catalog(), table.table(), table.table())
                                .isEmpty()
                        ? Set.of(Fate.DELETED)
                        : Set.of(Fate.CHANGED, Fate.DELETED);
            case "UpdateStmt" -> Set.of(Fate.CHANGED);
            case "InsertStmt" -> Set.of(Fate.INSERTED, Fate.CHANGED);
            default -> Set.of(Fate.INSERTED, Fate.CHANGED, Fate.DELETED);
        };
    }

    private List<String> statements(Set<Fate> fates) {
        String kept = archive.quoted();
        String list = String.join(", ", columns);
        String all = list
                + others.stream()
                        .map(c -> ", " + Identifier.quote(c) + " AS " + wrote(c))
                        .collect(joining())
                + ", xmin AS " + XMIN + ", " + literal(Fate.DELETED) + " AS " + FATE + " FROM " + name;
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA IF NOT EXISTS " + Archive.SCHEMA);
        // an earlier down may have left rows in it
        statements.add("CREATE TABLE IF NOT EXISTS " + kept + " AS SELECT " + all + " WITH NO DATA");
        statements.add("INSERT INTO " + kept + " SELECT " + all);
        statements.add(change.statement().sql());
        if (fates.contains(Fate.INSERTED)) {
            statements.add("INSERT INTO " + kept + " (" + list + ", " + FATE + ") SELECT " + list + ", "
                    + literal(Fate.INSERTED) + " FROM " + name + " AS t WHERE NOT EXISTS (SELECT FROM " + kept
                    + " AS a WHERE " + sameKey + " AND " + became(Fate.DELETED) + ")");
        }
        statements.add(
                "DELETE FROM " + kept + " AS a USING " + name + " AS t WHERE " + sameKey + " AND t.xmin = a." + XMIN);
        if (fates.contains(Fate.CHANGED)) {
            statements.add("UPDATE " + kept + " AS a SET " + FATE + " = " + literal(Fate.CHANGED)
                    + others.stream()
                            .map(c -> ", " + wrote(c) + " = t." + Identifier.quote(c))
                            .collect(joining())
                    + " FROM " + name + " AS t WHERE " + sameKey + " AND " + became(Fate.DELETED));
        }
        return statements;
    }

    /** What the application has written since stays. In this order no row refers to one that is not there. */
    private List<String> undo(Set<Fate> fates) {
        String kept = archive.quoted();
        List<String> undo = new ArrayList<>();
        if (fates.contains(Fate.DELETED)) {
            undo.add(restoreDeleted());
        }
        if (fates.contains(Fate.CHANGED) && !others.isEmpty()) {
            undo.add("UPDATE " + name + " AS t SET "
                    + others.stream().map(this::restored).collect(joining(", ")) + " FROM " + kept + " AS a WHERE "
                    + sameKey + " AND " + became(Fate.CHANGED));
        }
        if (fates.contains(Fate.INSERTED)) {
            undo.add("DELETE FROM " + name + " AS t USING " + kept + " AS a WHERE " + sameKey + " AND "
                    + became(Fate.INSERTED));
        }
        if (fates.contains(Fate.DELETED) && fates.size() > 1) {
            // some had to wait until an inserted or changed row gave up the value of a unique column
            undo.add(restoreDeleted());
        }
        undo.add("DELETE FROM " + kept + " AS a WHERE NOT (" + became(Fate.DELETED) + " OR " + became(Fate.LEFT)
                + ") OR EXISTS (SELECT FROM " + name + " AS t WHERE " + sameKey + ")");
        undo.add("UPDATE " + kept + " SET " + FATE + " = " + literal(Fate.LEFT));
        return undo;
    }

    private String restoreDeleted() {
        String list = String.join(", ", columns);
        String absent = " AND NOT EXISTS (SELECT FROM " + name + " AS t WHERE " + sameKey + ")";
        return "INSERT INTO " + name + " (" + list + ") OVERRIDING SYSTEM VALUE SELECT " + list + " FROM "
                + archive.quoted() + " AS a WHERE " + became(Fate.DELETED) + absent
                // which does not take a deferrable key
                + (table.table().constraints().stream().anyMatch(Constraint::deferrable)
                        ? ""
                        : " ON CONFLICT DO NOTHING");
    }

    /** Byte for byte: '=' would take 1.0 for 1.00, and some types have none. */
    private String restored(String column) {
        String quoted = Identifier.quote(column);
        return quoted + " = CASE WHEN pg_catalog.record_image_eq(ROW(t." + quoted + "), ROW(a." + wrote(column)
                + ")) THEN a." + quoted + " ELSE t." + quoted + " END";
    }

    private static String wrote(String column) {
        return Identifier.quote(Identifier.bounded("sluice_wrote_" + column));
    }

    private static String became(Fate fate) {
        return "a." + FATE + " = " + literal(fate);
    }

    private static String literal(Fate fate) {
        return "'" + fate.name().toLowerCase(java.util.Locale.ROOT) + "'";
    }
}
