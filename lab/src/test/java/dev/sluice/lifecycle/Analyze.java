package dev.sluice.lifecycle;

import dev.sluice.db.Session;
import java.util.List;

/** A plain ANALYZE reads the system's tables too, which costs more than most cases. */
final class Analyze {

    private Analyze() {}

    static void userTables(Session session) {
        List<String> tables = session.query("""
                SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                """, row -> row.text(1));
        if (!tables.isEmpty()) {
            session.execute("ANALYZE " + String.join(", ", tables));
        }
    }
}
