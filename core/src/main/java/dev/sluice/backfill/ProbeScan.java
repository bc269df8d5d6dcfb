package dev.sluice.backfill;

import static java.util.stream.Collectors.joining;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Row;
import dev.sluice.db.Session;
import dev.sluice.plan.Probe;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Asks the data. Reads in windows where it can, so that no long snapshot hinders VACUUM. */
final class ProbeScan implements AutoCloseable {

    private static final int SAMPLE = 10;
    private static final int COUNT_UP_TO = 100_000;
    private static final long COUNT_MILLIS = 5_000;

    private final DataContext context;
    private final boolean existenceOnly;
    private final Link link;

    /** @param existenceOnly stop at the first violation */
    ProbeScan(DataContext context, boolean existenceOnly) {
        this.context = context;
        this.existenceOnly = existenceOnly;
        this.link = new Link(context, false);
    }

    ProbeResult run(Probe probe) {
        if (probe instanceof Probe.NoRows noRows) {
            return noRows(noRows);
        }
        if (probe instanceof Probe.Evaluates evaluates) {
            return evaluates(evaluates);
        }
        return noResult(((Probe.NoResult) probe).sql());
    }

    /** @param column of the table; empty for the table itself */
    boolean exists(QualifiedName table, Optional<String> column) {
        return link.patiently(
                "look at " + table,
                s -> Relations.exists(s, table)
                        && column.map(c -> Relations.hasColumn(s, table, c)).orElse(true));
    }

    private ProbeResult noRows(Probe.NoRows probe) {
        Optional<List<Leaf>> leaves = heapLeaves(probe.table());
        if (leaves.isEmpty()) {
            List<String> keys = probe.keyColumns();
            return noResult("SELECT " + (keys.isEmpty() ? "*" : quoted(keys)) + " FROM "
                    + probe.table().quoted() + " WHERE " + Filling.isTrue(probe.predicate()));
        }
        Counting counting = new Counting("check", probe.predicate(), existenceOnly);
        try {
            walk(probe.table(), counting, probe.keyColumns()).all(leaves.get());
        } catch (RowFailure e) {
            return failed(e);
        }
        return new ProbeResult(
                counting.found(), !existenceOnly || counting.found() == 0, sample(probe, counting), Optional.empty());
    }

    private List<String> sample(Probe.NoRows probe, Counting counting) {
        List<String> names = probe.keyColumns().isEmpty() ? List.of("ctid") : probe.keyColumns();
        String columns = probe.keyColumns().isEmpty() ? "ctid::text" : Culprit.texts(probe.keyColumns());
        List<String> sample = new ArrayList<>();
        for (Counting.Hit hit : counting.hits()) {
            if (sample.size() >= SAMPLE) {
                break;
            }
            String sql = "SELECT " + columns + " FROM " + hit.leaf().from() + " WHERE "
                    + TidRange.blocks(hit.from(), hit.to()).sql() + " AND " + Filling.isTrue(probe.predicate())
                    + " LIMIT " + (SAMPLE - sample.size());
            sample.addAll(untimed("sample of the rows", s -> s.query(sql, row -> Culprit.named(row, names))));
        }
        return sample;
    }

    private ProbeResult evaluates(Probe.Evaluates probe) {
        Optional<List<Leaf>> leaves = heapLeaves(probe.table());
        Evaluating evaluating = new Evaluating(probe.expressions(), probe.where());
        try {
            if (leaves.isPresent()) {
                walk(probe.table(), evaluating, probe.keyColumns()).all(leaves.get());
            } else {
                untimed(
                        "check of the expressions",
                        s -> s.query(evaluating.sql(probe.table().quoted(), "true"), row -> true));
            }
            return new ProbeResult(0, true, List.of(), Optional.empty());
        } catch (RowFailure e) {
            return failed(e);
        } catch (DatabaseException e) {
            return new ProbeResult(1, false, List.of(), Optional.of(e));
        }
    }

    private static ProbeResult failed(RowFailure e) {
        return new ProbeResult(1, false, List.of(e.row()), Optional.of(e.refusal()));
    }

    private ProbeResult noResult(String query) {
        String from = " FROM (" + query.strip().replaceAll(";+$", "") + "\n) AS sluice_probe LIMIT ";
        List<String> sample;
        try {
            sample = untimed(
                    "check", s -> s.query("SELECT *" + from + (existenceOnly ? 1 : SAMPLE), ProbeScan::allColumns));
        } catch (DatabaseException e) {
            return new ProbeResult(1, false, List.of(), Optional.of(e));
        }
        if (existenceOnly || sample.size() < SAMPLE) {
            return new ProbeResult(sample.size(), !existenceOnly || sample.isEmpty(), sample, Optional.empty());
        }
        Optional<Long> count = count("SELECT count(*) FROM (SELECT" + from + (COUNT_UP_TO + 1) + ") AS sluice_count");
        long found = count.orElse((long) SAMPLE);
        return new ProbeResult(found, count.isPresent() && found <= COUNT_UP_TO, sample, Optional.empty());
    }

    /** Empty when that would take too long. */
    private Optional<Long> count(String sql) {
        try {
            return link.batches()
                    .withStatementTimeout(COUNT_MILLIS)
                    .run(link.session(), () -> link.session().one(sql, row -> row.number(1)));
        } catch (DatabaseException e) {
            if (Fault.of(e) == Fault.DEFINITE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private <T> T untimed(String what, Function<Session, T> action) {
        return link.patiently(what, s -> link.batches().withStatementTimeout(0).run(s, () -> action.apply(s)));
    }

    private Walk walk(QualifiedName table, Work work, List<String> keyColumns) {
        return new Walk(context, link, table, work, WalkOptions.reading(keyColumns));
    }

    /** Empty when some rows cannot be read by their place. */
    private Optional<List<Leaf>> heapLeaves(QualifiedName table) {
        List<Leaf> leaves = link.inBatch("look at " + table, s -> Relations.leaves(s, table));
        return leaves.stream().allMatch(Leaf::heap) ? Optional.of(leaves) : Optional.empty();
    }

    private static String quoted(List<String> columns) {
        return columns.stream().map(Identifier::quote).collect(joining(", "));
    }

    private static String allColumns(Row row) {
        return IntStream.rangeClosed(1, row.columns())
                .mapToObj(i -> row.columnName(i) + "=" + row.textIfAny(i).orElse("NULL"))
                .collect(joining(", "));
    }

    @Override
    public void close() {
        link.close();
    }
}
