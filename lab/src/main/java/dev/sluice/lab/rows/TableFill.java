package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.db.Session;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills one table, in rounds, until it has the rows or no round brings any more. Needs an open transaction. */
final class TableFill {

    private static final int ROUNDS = 60;
    private static final int LARGEST_BATCH = 2_000;
    private static final int FRUITLESS_ROUNDS = 4;
    private static final int MOST_CANDIDATES_PER_ROW = 40;

    private final Session session;
    private final Catalog catalog;
    private final Judge judge;
    private final TableShape shape;
    private final Random random;

    TableFill(Session session, Catalog catalog, Judge judge, TableShape shape, Random random) {
        this.session = session;
        this.catalog = catalog;
        this.judge = judge;
        this.shape = shape;
        this.random = random;
    }

    /**
     * @param got rows added
     * @param reason why not more; empty when there was no need for more
     */
    record Outcome(long got, String reason) {}

    /** @param late foreign keys whose parents are not there yet: NULL for now, or anything */
    Outcome fill(long rows, Set<String> late) {
        Preparation preparation = Preparation.of(session, catalog, judge, shape, rows, late, random);
        return preparation
                .candidates()
                .map(candidates -> rounds(rows, candidates))
                .orElseGet(() -> new Outcome(0, preparation.obstacle()));
    }

    private Outcome rounds(long rows, Candidates candidates) {
        Bisection bisection = new Bisection(session);
        long got = 0;
        long number = session.one("SELECT count(*) FROM " + shape.table().name().quoted(), row -> row.number(1))
                .orElse(0L);
        long tried = 0;
        int fruitless = 0;
        int orphans = 0;
        for (int round = 0;
                got < rows && fruitless < FRUITLESS_ROUNDS && round < ROUNDS + rows / LARGEST_BATCH * 4;
                round++) {
            long missing = rows - got;
            long perRow = got == 0
                    ? (tried == 0 ? 1 : MOST_CANDIDATES_PER_ROW)
                    : Math.min(MOST_CANDIDATES_PER_ROW, tried / got + 1);
            long quarter = Math.max(1, round < 4 ? rows / 4 + 1 : missing);
            int size = (int) Math.min(LARGEST_BATCH, Math.min(quarter, missing) * (tried > got ? perRow : 1));
            List<Column> given = given(round);
            Set<String> wanted = given.stream().map(Column::name).collect(Collectors.toSet());
            List<Map<String, Optional<String>>> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Optional<Map<String, Optional<String>>> row = candidates.next(number++, wanted);
                row.ifPresent(batch::add);
                orphans += row.isEmpty() ? 1 : 0;
            }
            long limit = missing;
            RowInsert insert = new RowInsert(shape, given);
            long count = bisection.write(batch, part -> session.execute(insert.sql(part, limit)));
            tried += size;
            got += count;
            fruitless = count == 0 ? fruitless + 1 : 0;
        }
        return new Outcome(got, got >= rows ? "" : reason(bisection, tried - got, orphans));
    }

    private String reason(Bisection bisection, long skipped, int orphans) {
        Optional<String> error = bisection.lastError().map(e -> e.error().message());
        List<String> reasons = new ArrayList<>(error.stream().toList());
        if (orphans > 0) {
            reasons.add(orphans + " candidates found no parent that fits all foreign keys");
        }
        List<String> rules = new ArrayList<>();
        shape.checks().forEach(check -> rules.add(check.name()));
        shape.table().indexes().stream()
                .filter(Index::unique)
                .forEach(i -> rules.add(i.name().name()));
        if (reasons.isEmpty()) {
            reasons.add(skipped + " candidates were skipped by "
                    + (rules.isEmpty() ? "triggers" : String.join(", ", rules)));
        }
        return String.join("; ", reasons);
    }

    /** The columns to give values for: in the first round all, later some columns are left to their defaults. */
    private List<Column> given(int round) {
        Set<String> keyed = new LinkedHashSet<>(shape.uniqueColumns());
        shape.table().foreignKeys().forEach(key -> keyed.addAll(key.columns()));
        return shape.writable().stream()
                .filter(column -> {
                    if (TableShape.drawsFromSequence(column)) {
                        return false;
                    }
                    boolean omissible = column.defaultExpression().isPresent() && !keyed.contains(column.name());
                    return !omissible || round == 0 || random.nextInt(3) > 0;
                })
                .toList();
    }
}
