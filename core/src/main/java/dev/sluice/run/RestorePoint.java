package dev.sluice.run;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;

/** Notes in the journal, before something that is hard to take back, where point-in-time recovery would have to stop. */
final class RestorePoint {

    private RestorePoint() {}

    static void record(Scope scope, String version, String move) {
        Session session = scope.worker().session();
        String name = "sluice " + version + " before " + move;
        String text;
        try {
            boolean named = session.isTrue("""
                    SELECT current_setting('wal_level') <> 'minimal' AND NOT pg_is_in_recovery()
                        AND has_function_privilege('pg_create_restore_point(text)', 'EXECUTE')
                    """);
            String lsn = session.one(
                            named
                                    ? "SELECT pg_create_restore_point(?)::text"
                                    : "SELECT pg_current_wal_lsn()::text || left(?, 0)",
                            row -> row.text(1),
                            name.length() > 63 ? name.substring(0, 63) : name)
                    .orElseThrow();
            text = "recovery_target_lsn = '" + lsn + "'" + (named ? ", recovery_target_name = '" + name + "'" : "");
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            text = "none: " + e.error().message();
        }
        String message = text;
        scope.record((journal, fresh) -> journal.event(
                fresh, Journal.Event.of("restore point").in(version).saying(message)));
    }
}
