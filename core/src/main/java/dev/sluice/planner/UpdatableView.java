package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An updatable view that offers a table under another name, as the new version knows it. */
public final class UpdatableView {

    private final Draft draft;
    private final TableDraft changes;
    private final Table table;

    UpdatableView(Draft draft, TableDraft changes) {
        this.draft = requireNonNull(draft);
        this.changes = requireNonNull(changes);
        this.table = changes.table();
    }

    Step step(TableDraft.TableRenamed rename) {
        String what = table.name().name() + " as " + rename.after().name();
        return draft.step(rename.change(), "view " + what, "offer " + what)
                .because("the table keeps its name for the old version; the new version uses an updatable view")
                .lock(table.name(), LockMode.ACCESS_SHARE)
                .undo(draft.step(rename.change(), "drop-view " + what, "stop offering " + what)
                        .brief(
                                Step.Purpose.DDL,
                                "DROP VIEW IF EXISTS " + rename.after().quoted()))
                .brief(Step.Purpose.DDL, create(rename.after()));
    }

    List<String> create(QualifiedName view) {
        return create(view, TableDraft.Renamed::after);
    }

    /** While contract is taken back: the columns have their old names again. */
    List<String> createOverOldNames(QualifiedName view) {
        return create(view, TableDraft.Renamed::before);
    }

    private List<String> create(QualifiedName view, Function<TableDraft.Renamed, String> inTable) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Column column : table.userColumns()) {
            if (!changes.dropped().containsKey(column.name())) {
                columns.put(column.name(), column.name());
            }
        }
        changes.renamed().forEach(rename -> {
            columns.remove(rename.before());
            columns.put(rename.after(), inTable.apply(rename));
        });
        changes.addedInOrder().forEach(added -> columns.put(added.name(), added.name()));
        return statements(draft, table, view, table.name(), columns);
    }

    /** CREATE VIEW with the table's owner and privileges; {@code columns}: name in the view to name in the table. */
    public static List<String> statements(
            Draft draft, Table table, QualifiedName view, QualifiedName base, Map<String, String> columns) {
        List<String> select = new ArrayList<>();
        columns.forEach((shown, column) ->
                select.add(Identifier.quote(column) + (shown.equals(column) ? "" : " AS " + Identifier.quote(shown))));
        List<String> statements = new ArrayList<>();
        statements.add("CREATE VIEW " + view.quoted()
                + (draft.catalog().majorVersion() >= 15 ? " WITH (security_invoker = true)" : "") + " AS SELECT "
                + String.join(", ", select) + " FROM " + base.quoted());
        statements.add("ALTER VIEW " + view.quoted() + " OWNER TO " + Identifier.quote(table.owner()));
        for (Grant grant : table.grants()) {
            if (!grant.grantee().equals(table.owner())) {
                statements.add("GRANT " + grant.privilege() + " ON " + view.quoted() + " TO "
                        + (grant.grantee().isEmpty() ? "PUBLIC" : Identifier.quote(grant.grantee()))
                        + (grant.grantable() ? " WITH GRANT OPTION" : ""));
            }
        }
        return statements;
    }
}
