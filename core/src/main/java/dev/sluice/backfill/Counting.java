package dev.sluice.backfill;

import dev.sluice.db.Session;
import java.util.ArrayList;
import java.util.List;

/** Counts rows that satisfy a predicate, without changing anything, and keeps the windows they are in. */
final class Counting implements Work {

    /** Blocks in which rows were found. */
    record Hit(Leaf leaf, long from, long to, long rows) {}

    private final String activity;
    private final String condition;
    private final boolean stopAtFirst;
    private final List<Hit> hits = new ArrayList<>();
    private long found;

    Counting(String activity, String predicate, boolean stopAtFirst) {
        this.activity = activity;
        this.condition = Filling.isTrue(predicate);
        this.stopAtFirst = stopAtFirst;
    }

    @Override
    public String activity() {
        return activity;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public long batch(Session session, Leaf leaf, Slice slice) {
        return session.one(
                        "SELECT count(*) FROM " + leaf.from() + " WHERE " + slice.sql() + " AND " + condition,
                        row -> row.number(1))
                .orElseThrow();
    }

    @Override
    public boolean committed(Leaf leaf, Slice slice, long rows) {
        if (rows > 0) {
            hits.add(new Hit(leaf, slice.range().fromBlock(), slice.range().toBlock(), rows));
            found += rows;
        }
        return !(stopAtFirst && rows > 0);
    }

    long found() {
        return found;
    }

    List<Hit> hits() {
        return List.copyOf(hits);
    }
}
