package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
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
        String name = shape.table().name().quoted();
        long number = session.one("SELECT count(*) FROM " + name, row -> row.number(1))
                .orElse(0L);
        long tried = 0;
        int fruitless = 0;
        int orphans = 0;
        long lastRound = ROUNDS + rows / LARGEST_BATCH * 4;
        for (int round = 0; bisection.written() < rows && fruitless < FRUITLESS_ROUNDS && round < lastRound; round++) {
            long before = bisection.written();
            Given given = given(round);
            List<Map<String, Optional<String>>> batch = new ArrayList<>();
            int size = batchSize(rows, round, tried, before);
            for (int i = 0; i < size; i++) {
                Optional<Map<String, Optional<String>>> row = candidates.next(number++, given.names());
                row.ifPresent(batch::add);
                orphans += row.isEmpty() ? 1 : 0;
            }
            RowInsert insert = new RowInsert(shape, given.columns());
            bisection.write(
                    batch,
                    part -> bisection.written() < rows
                            ? session.execute(insert.sql(part, rows - bisection.written()))
                            : 0);
            given.columns().stream().filter(TableShape::drawsFromSequence).forEach(this::advance);
            tried += size;
            fruitless = bisection.written() == before ? fruitless + 1 : 0;
        }
        long got = bisection.written();
        return new Outcome(got, got >= rows ? "" : reason(bisection, tried - got, orphans));
    }

    /** The rows missing, the first ones in quarters; more than that when only some candidates pass. */
    private static int batchSize(long rows, int round, long tried, long got) {
        long missing = rows - got;
        long part = round < 4 ? Math.min(missing, rows / 4 + 1) : missing;
        long each = got > 0 ? tried / got + (tried > got ? 1 : 0) : tried == 0 ? 1 : MOST_CANDIDATES_PER_ROW;
        return (int) Math.min(LARGEST_BATCH, part * Math.max(1, Math.min(MOST_CANDIDATES_PER_ROW, each)));
    }

    /** After numbers given by hand, as applications do that import rows. */
    private void advance(Column column) {
        column.ownedSequence()
                .ifPresent(sequence -> session.execute("SELECT pg_catalog.setval("
                        + Identifier.literal(sequence.quoted()) + "::pg_catalog.regclass, greatest(max("
                        + Identifier.quote(column.name()) + "), 1)) FROM "
                        + shape.table().name().quoted()));
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

    private record Given(List<Column> columns, Set<String> names) {}

    /**
     * The columns to give values for: in the first round all, later every third is left to its default. What a sequence
     * fills is given in the second round only.
     */
    private Given given(int round) {
        Set<String> keyed = new LinkedHashSet<>(shape.uniqueColumns());
        shape.table().foreignKeys().forEach(key -> keyed.addAll(key.columns()));
        List<Column> columns = shape.writable().stream()
                .filter(column -> {
                    if (TableShape.drawsFromSequence(column)) {
                        return round == 1 && canBeNumbered(column);
                    }
                    boolean omissible = column.defaultExpression().isPresent() && !keyed.contains(column.name());
                    return !omissible || round == 0 || (round + column.attnum()) % 3 > 0;
                })
                .toList();
        return new Given(columns, columns.stream().map(Column::name).collect(Collectors.toSet()));
    }

    private boolean canBeNumbered(Column column) {
        boolean forward = column.ownedSequence()
                .flatMap(catalog::sequence)
                .filter(s -> s.increment() == 1 && s.minimum() >= 1 && s.maximum() >= Integer.MAX_VALUE)
                .isPresent();
        return forward
                && shape.uniqueColumns().contains(column.name())
                && Set.of("int4", "int8").contains(column.type().name().name());
    }
}
