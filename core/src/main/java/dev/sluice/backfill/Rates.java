package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;

/**
 * How fast a server is, by a measurement that harms nobody: some thousand rows of a temporary table that is gone again with
 * its transaction.
 *
 * @param updateMicros for a row, in microseconds: what an UPDATE in place costs
 * @param dualWriteMicros for a row written by an application, in microseconds: what a dual write adds
 * @param basis where the figures come from, for people; empty when nothing could be measured, and the figures mean nothing
 */
public record Rates(double updateMicros, double dualWriteMicros, String basis) {

    private static final int ROWS = 4_000;

    private static final String TABLE = """
            CREATE TEMPORARY TABLE sluice_rates (id bigint PRIMARY KEY, a text, b text) ON COMMIT DROP;
            INSERT INTO pg_temp.sluice_rates SELECT g, 'value ' || g, NULL FROM generate_series(1, %d) g;
            CREATE FUNCTION pg_temp.sluice_rates() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
                IF TG_OP = 'INSERT' OR NEW.a IS DISTINCT FROM OLD.a THEN NEW.b := upper(NEW.a); END IF; RETURN NEW; END$$;
            """.formatted(ROWS);

    private static final String TRIGGER = """
            CREATE TRIGGER t BEFORE UPDATE ON pg_temp.sluice_rates FOR EACH ROW
            WHEN (NOT record_image_eq(ROW (NEW.b), ROW (upper(NEW.a)))) EXECUTE FUNCTION pg_temp.sluice_rates()
            """;

    public Rates {
        requireNonNull(basis);
    }

    /** Nothing could be measured. */
    public static Rates unknown() {
        return new Rates(0, 0, "");
    }

    public boolean isKnown() {
        return !basis.isEmpty();
    }

    /** Outside of a transaction; takes some hundredths of a second. Unknown where no temporary table may be made. */
    public static Rates measure(Session session) {
        try {
            session.inTransaction(() -> {
                session.execute(TABLE);
                double plain = micros(session, "UPDATE pg_temp.sluice_rates SET b = upper(a)");
                double write = micros(session, "UPDATE pg_temp.sluice_rates SET a = a || '.'");
                session.execute(TRIGGER);
                double dual = micros(session, "UPDATE pg_temp.sluice_rates SET a = a || '.'");
                throw new Measured(new Rates(plain, Math.max(0.1, dual - write), "measured on a temporary table"));
            });
        } catch (Measured done) {
            return done.rates;
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
        }
        return unknown();
    }

    private static double micros(Session session, String update) {
        long started = System.nanoTime();
        session.execute(update);
        return (System.nanoTime() - started) / 1e3 / ROWS;
    }

    /** So that the transaction is rolled back. */
    private static final class Measured extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Rates rates;

        Measured(Rates rates) {
            super("measured", null, false, false);
            this.rates = rates;
        }
    }
}
