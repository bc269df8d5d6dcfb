package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        changes.computed().forEach(computed -> columns.put(computed, computed));
        List<String> statements = new ArrayList<>(statements(draft, table, view, table.name(), columns));
        statements.add(1, defaults(view, columns));
        return statements;
    }

    /**
     * Gives the view the defaults that the table has by now, the script's changes included: UPDATE … SET column = DEFAULT
     * through a view takes the view's default, not the table's.
     */
    private String defaults(QualifiedName view, Map<String, String> columns) {
        String names = columns.entrySet().stream()
                .map(e -> "(" + Identifier.literal(e.getKey()) + ", " + Identifier.literal(e.getValue()) + ")")
                .collect(Collectors.joining(", "));
        return "DO "
                + DollarQuote.of("""
                DECLARE part record; BEGIN
                  FOR part IN SELECT shown, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS value
                    FROM (VALUES %s) c (shown, name)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = %s::pg_catalog.regclass AND a.attname = c.name
                    JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                    WHERE a.attgenerated = '' LOOP
                    EXECUTE pg_catalog.format(%s, part.shown, part.value);
                  END LOOP;
                END""".formatted(
                                names,
                                Identifier.literal(table.name().quoted()),
                                Identifier.literal("ALTER VIEW " + view.quoted().replace("%", "%%")
                                        + " ALTER COLUMN %I SET DEFAULT %s")));
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
