package dev.sluice.backfill;

import dev.sluice.db.Row;
import dev.sluice.db.Session;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The log that the server keeps for replication slots whose replica or consumer is not connected, and which {@link
 * ReplicaLag} therefore cannot see. All that we write stays on the server's disk until it comes back; or, with
 * max_slot_wal_keep_size, until the slot is given up and its replica has to be made anew. What such a slot had kept before the
 * walk began is none of the walk's business. Every role may see slots.
 */
final class SlotBacklog implements Signal {

    /** What may be kept for somebody who is not there, where the server has no limit of its own. */
    private static final double MOST_BYTES = 1e9;
    /** Of what is left until the server gives a slot up. */
    private static final double SHARE = 0.4;

    private static final int EVERY = 4;

    private static final String SLOTS = """
            SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8,
                pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::float8, safe_wal_size::float8
            FROM pg_catalog.pg_replication_slots
            WHERE NOT active AND restart_lsn IS NOT NULL AND wal_status IS DISTINCT FROM 'lost'
            UNION ALL SELECT '', pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8, 0, NULL
            """;

    private final double most;
    private OptionalDouble begin = OptionalDouble.empty();
    private int looks;
    private Pressure last = Pressure.NONE;

    SlotBacklog() {
        this(MOST_BYTES);
    }

    /** @param most bytes that may be kept for a slot where the server has no limit */
    SlotBacklog(double most) {
        this.most = most;
    }

    /**
     * @param written position of the log, in bytes
     * @param kept bytes of log that are there for the slot
     * @param left bytes until the server gives it up; empty when it never does
     */
    private record Slot(String name, double written, double kept, Optional<Double> left) {}

    @Override
    public String name() {
        return "replication slots";
    }

    @Override
    public Pressure look(Session session, long relation) {
        if (looks++ % EVERY == 0) {
            last = session.query(SLOTS, SlotBacklog::slot).stream()
                    .map(this::pressure)
                    .max(Comparator.comparingDouble(Pressure::utilisation))
                    .orElse(Pressure.NONE);
        }
        return last;
    }

    private Pressure pressure(Slot slot) {
        begin = OptionalDouble.of(begin.orElse(slot.written()));
        double ours = Math.min(slot.kept(), slot.written() - begin.getAsDouble());
        return slot.name().isEmpty() ? Pressure.NONE : of(slot.name(), ours, slot.left(), most);
    }

    /**
     * @param since bytes of log kept for the slot since the walk began
     * @param left bytes until the server gives the slot up; empty when it never does
     */
    static Pressure of(String slot, double since, Optional<Double> left, double most) {
        if (left.filter(bytes -> bytes <= 0).isPresent()) {
            return Pressure.NONE; // nothing that we do or leave saves it
        }
        double limit = left.map(bytes -> SHARE * (bytes + since)).orElse(most);
        return new Pressure(
                since / Math.max(1, limit),
                "replication slot",
                String.format(
                        Locale.ROOT,
                        "replication slot %s keeps %.0f MB of log since this began, and nobody reads it (limit %.0f MB):"
                                + " start its replica, or drop the slot",
                        slot,
                        since / 1e6,
                        limit / 1e6));
    }

    private static Slot slot(Row row) {
        return new Slot(
                row.text(1), row.decimal(2), row.decimal(3), row.textIfAny(4).map(Double::valueOf));
    }
}
