package dev.sluice.run;

import dev.sluice.db.Session;
import dev.sluice.doctor.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the journal's tables with what {@link JournalSchema} makes; the definitions are read from its statements. */
final class JournalShape {

    /** Without these rows nothing is known any more; all others can be empty. */
    private static final Set<String> IRREPLACEABLE = Set.of("migration");

    private JournalShape() {}

    /** Reads only. */
    static Evidence.Journal read(Session session) {
        Map<String, Set<String>> there = new LinkedHashMap<>();
        session.query("""
                        SELECT c.relname, a.attname FROM pg_catalog.pg_class c
                        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                        WHERE c.relnamespace = to_regnamespace('sluice') AND c.relkind = 'r'
                        """, row -> List.of(row.text(1), row.text(2)))
                .forEach(pair ->
                        there.computeIfAbsent(pair.get(0), t -> new TreeSet<>()).add(pair.get(1)));
        Map<String, Map<String, String>> wanted = definitions();
        boolean any = wanted.keySet().stream().anyMatch(there::containsKey);
        boolean versioned = there.getOrDefault("journal", Set.of()).contains("version");
        int version = versioned ? Math.max(0, highest(session)) : 0;
        if (!any || versioned && version != 0 && version != JournalSchema.VERSION) {
            return new Evidence.Journal(any, version, JournalSchema.VERSION, List.of(), List.of(), true);
        }
        return compare(wanted, there, version);
    }

    private static Evidence.Journal compare(
            Map<String, Map<String, String>> wanted, Map<String, Set<String>> there, int version) {
        List<String> damage = new ArrayList<>();
        List<String> mend = new ArrayList<>();
        boolean mendable = true;
        for (Map.Entry<String, Map<String, String>> table : wanted.entrySet()) {
            String name = table.getKey();
            if (!there.containsKey(name)) {
                damage.add("table sluice." + name + " is gone");
                mendable &= !IRREPLACEABLE.contains(name);
                mend.add(statement(name));
                if (name.equals("lease")) {
                    mend.add(
                            "INSERT INTO sluice.lease (epoch, exclusive, expires_at) VALUES (coalesce((SELECT max(epoch)"
                                    + " FROM sluice.migration), 0) + 1000, false, '-infinity')");
                }
                continue;
            }
            Set<String> lacking = new TreeSet<>(table.getValue().keySet());
            lacking.removeAll(there.getOrDefault(name, Set.of()));
            for (String column : lacking) {
                damage.add("column " + column + " of sluice." + name + " is gone");
                String definition = table.getValue().getOrDefault(column, "");
                mendable &= !definition.contains("NOT NULL") || definition.contains("DEFAULT");
                mend.add("ALTER TABLE sluice." + name + " ADD COLUMN " + definition);
            }
        }
        if (version == 0) {
            damage.add("sluice.journal does not say its version");
            mend.add("DELETE FROM sluice.journal");
            mend.add("INSERT INTO sluice.journal (version) VALUES (" + JournalSchema.VERSION + ")");
        }
        return new Evidence.Journal(
                true,
                version == 0 ? JournalSchema.VERSION : version,
                JournalSchema.VERSION,
                damage,
                damage.isEmpty() ? List.of() : mend,
                mendable);
    }

    private static int highest(Session session) {
        return session.one("SELECT coalesce(max(version), 0) FROM sluice.journal", row -> row.integer(1))
                .orElse(0);
    }

    /** Of every table its columns with their definitions. */
    static Map<String, Map<String, String>> definitions() {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        for (String statement : JournalSchema.statements()) {
            if (statement.startsWith("CREATE TABLE sluice.")) {
                tables.put(tableName(statement), columns(statement));
            }
        }
        return tables;
    }

    private static String tableName(String statement) {
        return statement.substring(
                "CREATE TABLE sluice.".length(), statement.indexOf(' ', "CREATE TABLE sluice.".length()));
    }

    private static String statement(String table) {
        return JournalSchema.statements().stream()
                .filter(statement -> statement.startsWith("CREATE TABLE sluice." + table + " "))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> columns(String statement) {
        Map<String, String> columns = new LinkedHashMap<>();
        int depth = 0;
        StringBuilder item = new StringBuilder();
        for (char c : statement.substring(statement.indexOf('(') + 1).toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || c == ',' && depth == 0) {
                String text = item.toString().strip();
                if (Character.isLowerCase(text.charAt(0))) {
                    columns.put(text.substring(0, text.indexOf(' ')), text);
                }
                item.setLength(0);
                if (depth < 0) {
                    break;
                }
            } else {
                item.append(c);
            }
        }
        return columns;
    }
}
