package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mentions;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.planner.UpdatableView;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The view strategy of a rename: at once, without a second column, where nothing needs the table itself under its name.
 */
final class RenameByView {

    private RenameByView() {}

    static void requirePossible(Change change, Draft draft, TableDraft tableDraft, Column column) {
        Table table = tableDraft.table();
        List<String> reasons = new ArrayList<>();
        if (!table.triggers().isEmpty() || !table.rules().isEmpty()) {
            reasons.add("it has triggers or rules");
        }
        if (column.defaultExpression().isPresent() && !column.isGenerated()) {
            reasons.add(
                    "column " + column.name() + " has a default, which a view can give to one of its two names only");
        }
        if (!draft.catalog().publicationsOf(table.name()).isEmpty()) {
            reasons.add("it is published");
        }
        if (table.kind() != Table.Kind.ORDINARY
                || table.isPartition()
                || !table.inherits().isEmpty()
                || !table.inheritedBy().isEmpty()) {
            reasons.add("it is partitioned or inherits");
        }
        if (table.rowSecurity() && draft.catalog().majorVersion() < 15) {
            reasons.add("it has row level security, which a view passes by before PostgreSQL 15");
        }
        if (draft.catalog().functions().stream().anyMatch(f -> f.rowTypes().contains(table.name()))) {
            reasons.add("a function uses its row type");
        }
        boolean mentioned = draft.request().up().statements().stream()
                .filter(s -> s.start() != change.statement().start())
                .flatMap(s -> Mentions.of(s).stream())
                .anyMatch(name ->
                        name.resolve(draft.catalog(), table.name()::equals).isPresent());
        if (mentioned || tableDraft.newName().isPresent()) {
            reasons.add("the script changes it in other ways too");
        }
        ScriptBefore script = ScriptBefore.end(draft);
        if (table.indexes().stream().anyMatch(i -> script.drops(i.name().name()))) {
            reasons.add("the script drops an index of it, which the way back would build on the old column name");
        }
        if (draft.catalog().foreignKeysTo(table.name()).stream()
                .anyMatch(k -> script.drops(k.constraint().name())
                        || script.drops(k.table().name().name()))) {
            reasons.add(
                    "the script drops a foreign key to it, which the way back would make while the view stands there");
        }
        if (keyColumns(draft.catalog(), table).stream()
                .anyMatch(key -> script.changes().stream().anyMatch(c -> changesColumn(c, draft, key)))) {
            reasons.add("the script changes columns of a foreign key between it and another table, which has to be made"
                    + " anew while the view stands there");
        }
        if (!reasons.isEmpty()) {
            throw draft.refuse(
                    change,
                    "rename-by-view",
                    "a view cannot take the place of " + table.name() + ": " + String.join("; ", reasons),
                    "Leave the strategy to Sluice: remove the -- sluice:strategy line.");
        }
    }

    /** The other ends of the table's foreign keys, and of those that refer to it. */
    private static List<ObjectRef> keyColumns(Catalog catalog, Table table) {
        return Stream.concat(
                        table.foreignKeys().stream()
                                .map(Constraint::foreignKey)
                                .flatMap(Optional::stream)
                                .flatMap(key -> key.columns().stream().map(c -> ObjectRef.column(key.table(), c))),
                        catalog.foreignKeysTo(table.name()).stream()
                                .flatMap(key -> key.constraint().columns().stream()
                                        .map(c -> ObjectRef.column(key.table().name(), c))))
                .toList();
    }

    private static boolean changesColumn(Change change, Draft draft, ObjectRef column) {
        String named = switch (change.kind()) {
            case "AT_AlterColumnType", "AT_DropColumn" -> change.command().text("name");
            case "RenameStmt" -> change.command().text("subname");
            default -> "";
        };
        return named.equals(column.part())
                && draft.findTable(change.relation())
                        .filter(t -> t.name().equals(column.name()))
                        .isPresent();
    }

    static void plan(Change change, Draft draft, TableDraft tableDraft, Column column, String to) {
        Table table = tableDraft.table();
        QualifiedName name = table.name();
        QualifiedName base = name.withName(draft.ownName(name.name(), "base"));
        String from = Identifier.quote(column.name());
        String after = Identifier.quote(to);
        Map<String, String> shown = new LinkedHashMap<>();
        table.userColumns().forEach(c -> shown.put(c.name(), c.equals(column) ? to : c.name()));
        shown.put(to, to);
        List<String> view = new ArrayList<>(UpdatableView.statements(draft, table, name, base, shown));
        // UPDATE … SET column = DEFAULT through a view takes the view's default, not the table's
        table.userColumns()
                .forEach(c -> c.defaultExpression()
                        .ifPresent(expression -> view.add("ALTER VIEW " + name.quoted() + " ALTER COLUMN "
                                + Identifier.quote(c.equals(column) ? to : c.name()) + " SET DEFAULT " + expression)));
        List<String> expand = new ArrayList<>();
        expand.add("ALTER TABLE " + name.quoted() + " RENAME TO " + Identifier.quote(base.name()));
        expand.add("ALTER TABLE " + base.quoted() + " RENAME COLUMN " + from + " TO " + after);
        expand.addAll(view);
        String what = name.name() + "." + column.name() + " as " + to;
        draft.add(
                Slot.INSTALL,
                draft.step(change, "view " + what, "offer " + what + " by a view in the table's place")
                        .because("asked for by -- sluice:strategy view; nothing is copied")
                        .lock(name, LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "undo-view " + what, "put the table back in the view's place")
                                .lock(base, LockMode.ACCESS_EXCLUSIVE)
                                .brief(
                                        Step.Purpose.DDL,
                                        "DROP VIEW IF EXISTS " + name.quoted(),
                                        "ALTER TABLE " + base.quoted() + " RENAME COLUMN " + after + " TO " + from,
                                        "ALTER TABLE " + base.quoted() + " RENAME TO " + Identifier.quote(name.name())))
                        .brief(Step.Purpose.SWAP, expand));
        List<String> back = new ArrayList<>();
        back.add("ALTER TABLE " + name.quoted() + " RENAME TO " + Identifier.quote(base.name()));
        back.addAll(view);
        draft.add(
                Slot.SWAP,
                draft.step(change, "swap " + what, "put the table back in the view's place, under its new column name")
                        .because("one short transaction")
                        .lock(base, LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "unswap " + what, "offer " + what + " by a view again")
                                .lock(name, LockMode.ACCESS_EXCLUSIVE)
                                .brief(Step.Purpose.SWAP, back))
                        .brief(
                                Step.Purpose.SWAP,
                                "DROP VIEW " + name.quoted(),
                                "ALTER TABLE " + base.quoted() + " RENAME TO " + Identifier.quote(name.name())));
    }
}
