package dev.sluice.backfill;

import static java.util.stream.Collectors.joining;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the row that makes a batch fail, by halving its range; every attempt is rolled back. */
final class Culprit {

    /** One row may be slow; nobody waits for the rows of an attempt longer than that. */
    private static final long ATTEMPT_MILLIS = 10_000;

    private final Link link;
    private final Work work;
    private final List<String> keyColumns;

    Culprit(Link link, Work work, List<String> keyColumns) {
        this.link = link;
        this.work = work;
        this.keyColumns = keyColumns;
    }

    /** What to throw for a failure that will be the same next time; empty when it is gone by now. */
    Optional<SluiceException> explain(DatabaseException failure, Leaf leaf, TidRange failed) {
        if (failsOn(leaf, TidRange.EMPTY).isPresent()) {
            return Optional.of(new SluiceException(
                    ExitCode.FAILED_SAFE,
                    "The " + work.activity() + " of " + leaf.name() + " cannot run: " + failure.getMessage(),
                    failure));
        }
        TidRange range = failed;
        while (!range.isSingle()) {
            range = failsOn(leaf, range.firstHalf()).isPresent() ? range.firstHalf() : range.secondHalf();
        }
        TidRange single = range;
        return failsOn(leaf, single).map(e -> new RowFailure(work.activity(), leaf, describe(leaf, single), e));
    }

    private Optional<DatabaseException> failsOn(Leaf leaf, TidRange range) {
        String what = "search for the row that fails in " + leaf.name();
        return link.patiently(what, session -> attempt(session, leaf, range));
    }

    private Optional<DatabaseException> attempt(Session session, Leaf leaf, TidRange range) {
        try {
            link.batches()
                    .withStatementTimeout(ATTEMPT_MILLIS)
                    .tryOut(session, () -> work.batch(session, leaf, Slice.whole(range)));
            return Optional.empty();
        } catch (DatabaseException e) {
            if (Fault.of(e) == Fault.DEFINITE) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    private String describe(Leaf leaf, TidRange single) {
        if (keyColumns.isEmpty()) {
            return "ctid=" + single.firstTid();
        }
        String sql = "SELECT " + texts(keyColumns) + " FROM " + leaf.from() + " WHERE ctid = " + single.firstTid();
        return link.patiently("look at the failing row", session -> session.one(sql, row -> named(row, keyColumns)))
                .orElse("ctid=" + single.firstTid());
    }

    /** The columns as text, for a report. */
    static String texts(List<String> columns) {
        return columns.stream().map(c -> Identifier.quote(c) + "::text").collect(joining(", "));
    }

    /** {@code id=7, name=x} of a row that has those columns. */
    static String named(dev.sluice.db.Row row, List<String> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + "=" + row.textIfAny(i + 1).orElse("NULL"))
                .collect(joining(", "));
    }
}
