package dev.sluice.backfill;

import static java.util.stream.Collectors.joining;

import dev.sluice.db.Session;
import java.util.List;

/** Evaluates expressions on every row, for the errors only. */
final class Evaluating implements Work {

    private final String expressions;
    private final String condition;

    Evaluating(List<String> expressions, String where) {
        // count() of an expression has to evaluate it; nothing else does without keeping the value
        this.expressions = expressions.stream().map(e -> "count((" + e + "\n))").collect(joining(", "));
        this.condition = Filling.isTrue(where);
    }

    @Override
    public String activity() {
        return "check of the expressions";
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public long batch(Session session, Leaf leaf, Slice slice) {
        session.query(sql(leaf.from(), slice.sql()), row -> true);
        return 0;
    }

    String sql(String from, String range) {
        return "SELECT " + expressions + " FROM " + from + " WHERE " + range + " AND " + condition;
    }
}
