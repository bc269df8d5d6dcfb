package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Someone who holds a lock that a step needs.
 *
 * @param pid backend process id; 0 for a prepared transaction
 * @param kind what it is
 * @param application its {@code application_name}, or the global id of a prepared transaction
 * @param user database user
 * @param client address of the client; {@code local} for a Unix socket
 * @param state as in {@code pg_stat_activity}
 * @param transactionAge how long its transaction has been open
 * @param query the statement it runs or ran last, shortened to 200 characters; passwords removed
 * @param waitEvent what it waits for itself
 * @param relations the relations on which it holds a conflicting lock
 */
public record Blocker(
        int pid,
        Kind kind,
        String application,
        String user,
        String client,
        String state,
        Duration transactionAge,
        String query,
        Optional<String> waitEvent,
        List<String> relations) {

    public Blocker {
        requireNonNull(kind);
        requireNonNull(application);
        requireNonNull(user);
        requireNonNull(client);
        requireNonNull(state);
        requireNonNull(transactionAge);
        requireNonNull(query);
        requireNonNull(waitEvent);
        relations = List.copyOf(relations);
    }

    /** What holds the lock. */
    public enum Kind {
        /** An application's or a person's session. */
        SESSION,
        /** Autovacuum that gives way when somebody waits for it. */
        AUTOVACUUM,
        /** Autovacuum against transaction id wraparound: never interrupted. */
        WRAPAROUND_VACUUM,
        /** A transaction prepared with PREPARE TRANSACTION: no session at all. */
        PREPARED
    }

    /** One line for people: {@code pid 4711 (app "billing", user shop, idle in transaction for 12.3 s): SELECT …}. */
    public String describe() {
        String age = String.format(java.util.Locale.ROOT, "%.1f s", transactionAge.toMillis() / 1000.0);
        String on = relations.isEmpty() ? "" : " holds " + String.join(", ", relations);
        return switch (kind) {
            case PREPARED ->
                "prepared transaction '" + application + "' of " + user + ", " + age + " old," + on
                        + " (COMMIT PREPARED or ROLLBACK PREPARED it)";
            case AUTOVACUUM -> "pid " + pid + ", autovacuum, running for " + age + "," + on;
            case WRAPAROUND_VACUUM ->
                "pid " + pid + ", autovacuum to prevent wraparound (not interrupted), running for " + age + "," + on;
            case SESSION ->
                "pid " + pid + " (app \"" + application + "\", user " + user + ", " + client + ", " + state
                        + ", transaction open for " + age
                        + waitEvent.map(event -> ", waits for " + event).orElse("") + ")"
                        + on + ": " + query;
        };
    }
}
