package dev.sluice.backfill;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows that the windows missed, because the application moved them behind the walk meanwhile. One snapshot lists them, by
 * key; nothing escapes that. Rows inserted later are none of the statement's business: it is as if it had run before them.
 */
final class LeftOvers {

    private static final int LIST = 100_000;
    private static final int CHUNK = 200;

    private final DataContext context;
    private final Link link;
    private final Step.BatchedDml step;
    private final DmlSql sql;
    private final DmlStep.Changing changing;

    LeftOvers(DataContext context, Link link, Step.BatchedDml step, DmlSql sql, DmlStep.Changing changing) {
        this.changing = changing;
        this.context = context;
        this.link = link;
        this.step = step;
        this.sql = sql;
    }

    /** @return how many were changed */
    long change(List<Leaf> leaves, CursorStore store, Cursor walked) {
        long changed = 0;
        for (int pass = 0; pass < context.options().maxSweeps(); pass++) {
            List<List<String>> missed = list();
            for (int from = 0; from < missed.size(); from += CHUNK) {
                changed += chunk(missed.subList(from, Math.min(missed.size(), from + CHUNK)), leaves, store, walked);
            }
            if (missed.size() < LIST) {
                save(store, walked.at(Cursor.Stage.DONE));
                return changed;
            }
        }
        throw new SluiceException(
                ExitCode.FAILED_SAFE,
                "Rows of " + step.table() + " keep appearing for which " + step.where()
                        + " holds, faster than they can be"
                        + " changed. Stop whatever writes them, then run the same command again.");
    }

    private List<List<String>> list() {
        return link.patiently(
                "search for rows that were missed in " + step.table(),
                s -> link.batches()
                        .withStatementTimeout(0)
                        .run(
                                s,
                                () -> s.query(
                                        sql.leftOver(LIST),
                                        row -> IntStream.rangeClosed(1, row.columns())
                                                .mapToObj(row::text)
                                                .toList())));
    }

    private long chunk(List<List<String>> rows, List<Leaf> leaves, CursorStore store, Cursor walked) {
        try {
            return link.inBatch("batch of missed rows of " + step.table(), s -> {
                long changed = inTransaction(s, rows, leaves);
                store.save(s, walked.at(Cursor.Stage.SWEEP));
                return changed;
            });
        } catch (DatabaseException e) {
            if (rows.size() > 1) {
                int middle = rows.size() / 2;
                return chunk(rows.subList(0, middle), leaves, store, walked)
                        + chunk(rows.subList(middle, rows.size()), leaves, store, walked);
            }
            String row = IntStream.range(0, step.keyColumns().size())
                    .mapToObj(i -> step.keyColumns().get(i) + "=" + rows.get(0).get(i))
                    .collect(joining(", "));
            throw new SluiceException(
                    ExitCode.FAILED_SAFE,
                    "The batched change of " + step.table() + " fails on the row " + row + ": "
                            + RowFailure.serverMessage(e)
                            + "\nMend the row (or the migration), then run the same command again.",
                    e);
        }
    }

    private long inTransaction(Session session, List<List<String>> rows, List<Leaf> leaves) {
        record Place(long leaf, String tid) {}
        Map<Long, List<String>> places =
                session.query(sql.pick(rows), row -> new Place(row.number(1), row.text(2))).stream()
                        .collect(groupingBy(Place::leaf, mapping(Place::tid, toList())));
        long changed = 0;
        for (Leaf leaf : leaves) {
            List<String> tids = places.getOrDefault(leaf.oid(), List.of());
            changed += tids.isEmpty() ? 0 : changing.change(session, leaf, tids);
        }
        return changed;
    }

    private void save(CursorStore store, Cursor cursor) {
        link.inBatch("save of the cursor", s -> {
            store.save(s, cursor);
            return true;
        });
    }
}
