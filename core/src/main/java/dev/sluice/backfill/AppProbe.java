package dev.sluice.backfill;

import dev.sluice.db.Session;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/**
 * How long an application has to wait for the server: a look into an index, in a transaction of its own, timed. Slow means
 * four times as long as before the walk began, and 20 ms at least. What makes the server slow may be somebody else's work,
 * so this never stops a walk.
 */
final class AppProbe implements Signal {

    static final String NAME = "application";

    private static final int WINDOW = 12;
    private static final int FIRST_LOOKS = 5;
    private static final double LEAST_LIMIT_MILLIS = 20;
    private static final double SLOWER = 4;
    private static final double MOST = 1.5;

    private final Deque<Double> last = new ArrayDeque<>();
    private double limit;

    @Override
    public String name() {
        return NAME;
    }

    /** Nothing of ours runs yet. */
    void calibrate(Session session, long relation) {
        double[] millis = new double[FIRST_LOOKS];
        for (int i = 0; i < FIRST_LOOKS; i++) {
            millis[i] = probe(session, relation);
        }
        Arrays.sort(millis);
        limit = Math.max(LEAST_LIMIT_MILLIS, SLOWER * millis[FIRST_LOOKS / 2]);
    }

    @Override
    public Pressure look(Session session, long relation) {
        if (limit == 0) {
            calibrate(session, relation);
        }
        last.addLast(probe(session, relation));
        if (last.size() > WINDOW) {
            last.removeFirst();
        }
        if (last.size() < WINDOW) {
            return Pressure.NONE;
        }
        double[] sorted =
                last.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double slow = sorted[(int) Math.ceil(0.9 * WINDOW) - 1];
        return new Pressure(
                Math.min(MOST, slow / limit),
                name(),
                String.format(
                        Locale.ROOT, "a short query takes %.0f ms (limit %.0f ms): the server is busy", slow, limit));
    }

    private static double probe(Session session, long relation) {
        long started = System.nanoTime();
        session.one("SELECT relname FROM pg_catalog.pg_class WHERE oid = ?::bigint::oid", row -> row.text(1), relation);
        return (System.nanoTime() - started) / 1e6;
    }
}
