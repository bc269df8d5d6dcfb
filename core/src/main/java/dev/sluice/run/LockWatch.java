package dev.sluice.run;

import dev.sluice.db.Row;
import dev.sluice.db.Session;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks who holds a lock that conflicts with those wanted, without queueing: on the tables, their partitions and
 * children, by sessions and by prepared transactions. Remembers since when it has seen each holder, because a role that
 * may not read {@code pg_stat_activity} of others cannot see how old their transactions are.
 */
final class LockWatch {

    /**
     * A prepared transaction has no process; its transaction id lock tells which it is (its virtual transaction id is that
     * of the session that prepared it, other than the documentation of pg_locks says). What is in a schema into which the role
     * may not look is left out: to_regclass fails there.
     */
    private static final String HOLDERS = """
            WITH RECURSIVE wanted (relation, conflicting) AS (
                SELECT relation, conflicting FROM (
                    SELECT CASE WHEN array_length(parse_ident(name), 1) = 1
                            OR has_schema_privilege(to_regnamespace(quote_ident((parse_ident(name))[1]))::oid, 'USAGE')
                        THEN to_regclass(name)::oid END, string_to_array(modes, ',')
                    FROM unnest(?::text[], ?::text[]) AS w (name, modes)
                ) AS visible (relation, conflicting)
                WHERE relation IS NOT NULL
            ), affected (relation, conflicting) AS (
                SELECT relation, conflicting FROM wanted
                UNION
                SELECT i.inhrelid, a.conflicting FROM pg_inherits i JOIN affected a ON i.inhparent = a.relation
            ), held AS (
                SELECT l.pid, l.virtualtransaction, array_agg(DISTINCT l.relation::regclass::text) AS relations
                FROM pg_locks l JOIN affected a ON l.relation = a.relation AND l.mode = ANY (a.conflicting)
                WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                GROUP BY l.pid, l.virtualtransaction
            )
            SELECT coalesce(h.pid, 0), h.virtualtransaction, coalesce(s.backend_type, 'unknown'),
                coalesce(p.gid, s.application_name, ''), coalesce(p.owner, s.usename, 'unknown')::text,
                coalesce(host(s.client_addr), 'local'), coalesce(s.state, 'unknown'),
                coalesce(extract(epoch FROM clock_timestamp() - coalesce(p.prepared, s.xact_start, s.query_start)), 0)
                    ::float8,
                coalesce(left(s.query, 200), ''), s.wait_event_type || ': ' || s.wait_event, h.relations
            FROM held h
            LEFT JOIN pg_stat_activity s ON s.pid = h.pid
            LEFT JOIN pg_locks x ON h.pid IS NULL AND x.pid IS NULL AND x.locktype = 'transactionid'
                AND x.virtualtransaction = h.virtualtransaction
            LEFT JOIN pg_prepared_xacts p ON p.transaction = x.transactionid
            ORDER BY 8 DESC
            """;

    private final List<String> names;
    private final List<String> conflicting;
    private final Map<String, Instant> seenSince = new HashMap<>();

    LockWatch(List<TableLock> locks) {
        this.names = locks.stream().map(lock -> lock.table().quoted()).toList();
        this.conflicting = locks.stream()
                .map(lock -> Arrays.stream(LockMode.values())
                        .filter(lock.mode()::conflictsWith)
                        .map(LockMode::pgLocksName)
                        .collect(Collectors.joining(",")))
                .toList();
    }

    /** Those who are in the way now, oldest first. */
    List<Blocker> holders(Session session) {
        Instant now = Instant.now();
        return session.query(HOLDERS, row -> blocker(row, now), names, conflicting);
    }

    private Blocker blocker(Row row, Instant now) {
        String transaction = row.integer(1) + "/" + row.text(2);
        Duration seen = Duration.between(seenSince.computeIfAbsent(transaction, key -> now), now);
        Duration told = Duration.ofMillis(Math.round(row.decimal(8) * 1000));
        String query = Redaction.kept(row.text(9)).replaceAll("\\s+", " ").strip();
        return new Blocker(
                row.integer(1),
                kind(row.integer(1), row.text(3), query),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7),
                told.compareTo(seen) > 0 ? told : seen,
                query,
                row.textIfAny(10),
                row.texts(11));
    }

    private static Blocker.Kind kind(int pid, String backendType, String query) {
        if (pid == 0) {
            return Blocker.Kind.PREPARED;
        }
        if (!backendType.equals("autovacuum worker")) {
            return Blocker.Kind.SESSION;
        }
        return query.contains("to prevent wraparound") ? Blocker.Kind.WRAPAROUND_VACUUM : Blocker.Kind.AUTOVACUUM;
    }
}
