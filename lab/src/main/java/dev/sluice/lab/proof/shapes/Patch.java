package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Gives a table of a reference database the rows that the planned database shows: no trigger fires, no key is checked. */
final class Patch {

    private Patch() {}

    /** @param wanted by key, as {@link TableRows#read} returns them; all of the table's columns */
    static void apply(Session session, Table table, SortedMap<String, Map<String, String>> wanted) {
        TableRows shape = TableRows.of(table);
        SortedMap<String, Map<String, String>> present = shape.read(session);
        if (present.equals(wanted)) {
            return;
        }
        List<String> statements = new ArrayList<>(List.of("SET LOCAL session_replication_role = replica"));
        List<Map<String, String>> missing = new ArrayList<>();
        if (shape.isKeyed()) {
            present.forEach((id, row) -> {
                if (!row.equals(wanted.get(id))) {
                    statements.add("DELETE FROM " + table.name().quoted() + shape.where(row));
                }
            });
            wanted.forEach((id, row) -> {
                if (!row.equals(present.get(id))) {
                    missing.add(row);
                }
            });
        } else {
            statements.add("DELETE FROM " + table.name().quoted());
            missing.addAll(wanted.values());
        }
        missing.forEach(row -> statements.add(insert(table, row)));
        session.inTransaction(() -> session.execute(String.join(";\n", statements)));
    }

    private static String insert(Table table, Map<String, String> row) {
        List<String> columns = table.userColumns().stream()
                .filter(column -> !column.isGenerated())
                .map(Column::name)
                .toList();
        return "INSERT INTO " + table.name().quoted() + " ("
                + String.join(", ", columns.stream().map(Identifier::quote).toList())
                + ") OVERRIDING SYSTEM VALUE VALUES ("
                + String.join(", ", columns.stream().map(row::get).toList()) + ")";
    }

    /** Deletes the rows of both that {@code survivors} does not have. */
    static void deleteOthers(Table table, Session survivors, List<Session> sessions) {
        TableRows shape = TableRows.of(table);
        SortedMap<String, Map<String, String>> kept = shape.read(survivors);
        List<String> statements = new ArrayList<>(List.of("SET LOCAL session_replication_role = replica"));
        shape.read(sessions.get(0)).forEach((id, row) -> {
            if (!kept.containsKey(id)) {
                statements.add("DELETE FROM " + table.name().quoted() + shape.where(row));
            }
        });
        for (Session session : sessions) {
            session.inTransaction(() -> session.execute(String.join(";\n", statements)));
        }
    }
}
