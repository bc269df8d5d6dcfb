package dev.sluice.backfill;

import static java.util.stream.Collectors.joining;

import dev.sluice.db.Session;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;

/** {@code UPDATE … SET assignments WHERE pending} for a slice. */
final class Filling implements Work {

    private final String set;
    private final String pending;
    private final String activity;

    Filling(Step.Backfill step, String activity) {
        // line ends, because an expression may end in a comment
        this.set = step.assignments().stream()
                .map(a -> Identifier.quote(a.column()) + " = " + a.expression() + "\n")
                .collect(joining(", "));
        this.pending = isTrue(step.pending());
        this.activity = activity;
    }

    /** As a condition that no index can serve: an index scan in every window would be quadratic. */
    static String isTrue(String predicate) {
        return "((" + predicate + "\n) IS TRUE)";
    }

    @Override
    public String activity() {
        return activity;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public long batch(Session session, Leaf leaf, Slice slice) {
        return session.execute(
                slice.skipLocked() ? skippingLocked(leaf, slice) : update(leaf) + slice.sql() + " AND " + pending);
    }

    /** The rows that a condition names, instead of those of a slice. */
    long fill(Session session, Leaf leaf, String range) {
        return session.execute(update(leaf) + range + " AND " + pending);
    }

    private String update(Leaf leaf) {
        return "UPDATE " + leaf.from() + " SET " + set + " WHERE ";
    }

    private String skippingLocked(Leaf leaf, Slice slice) {
        return update(leaf) + "ctid = ANY (ARRAY(SELECT ctid FROM " + leaf.from() + " WHERE " + slice.sql() + " AND "
                + pending + " FOR NO KEY UPDATE SKIP LOCKED)) AND " + pending;
    }
}
