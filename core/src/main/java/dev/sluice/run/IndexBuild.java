package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.Optional;

/**
 * CREATE INDEX CONCURRENTLY, without any timeout (one would abort its waits and leave an invalid index). Looks first: a
 * valid index of this name is the work done already, an invalid one is the remains of an earlier try of ours.
 */
final class IndexBuild {

    private static final int TRIES = 3;
    private static final Duration POLL = Duration.ofMillis(250);

    private final Scope scope;
    private final StepExecution.StepKey key;
    private final Step.BuildIndex step;
    private boolean ours;

    /** @param begunBefore whether an earlier run has journalled that it was going to build this index */
    IndexBuild(Scope scope, StepExecution.StepKey key, Step.BuildIndex step, boolean begunBefore) {
        this.scope = scope;
        this.key = key;
        this.step = step;
        this.ours = begunBefore;
    }

    void run() {
        scope.worker().use(key.searchPath(), Duration.ZERO);
        for (int tries = 1; ; tries++) {
            waitForOtherBuilder();
            Optional<Found> found = find();
            if (found.isPresent() && found.get().valid()) {
                requireOnOurTable(found.get());
                return;
            }
            found.ifPresent(this::dropLeftover);
            ours = true;
            try (IndexWatch watch = IndexWatch.start(scope, key, session().backendPid())) {
                session().execute(step.sql());
                return;
            } catch (DatabaseException e) {
                scope.cancellation().check();
                if (e.isConnectionLost()) {
                    throw e;
                }
                find().filter(index -> !index.valid()).ifPresent(this::dropLeftover);
                if (e.is("23505")) {
                    throw duplicate(e);
                }
                if (!e.isConflict() || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private record Found(boolean valid, boolean onOurTable) {}

    private Optional<Found> find() {
        return session()
                .one(
                        "SELECT indisvalid, indrelid = to_regclass(?) FROM pg_index WHERE indexrelid = to_regclass(?)",
                        row -> new Found(row.bool(1), row.boolIfAny(2).orElse(false)),
                        step.table().quoted(),
                        step.index().quoted());
    }

    private void requireOnOurTable(Found found) {
        if (!found.onOurTable()) {
            throw new StepException(
                    ExitCode.FAILED_SAFE,
                    "there is an index " + step.index() + " already, on another table than " + step.table(),
                    "rename one of the two");
        }
    }

    private void dropLeftover(Found found) {
        requireOnOurTable(found);
        if (!ours) {
            throw new StepException(
                    ExitCode.FAILED_SAFE,
                    "there is an invalid index " + step.index()
                            + " which Sluice did not make, the remains of somebody's" + " CREATE INDEX CONCURRENTLY",
                    "DROP INDEX CONCURRENTLY " + step.index());
        }
        session().execute("DROP INDEX CONCURRENTLY IF EXISTS " + step.index().quoted());
    }

    /** The server goes on building after its client has died; what it builds must not be dropped under it. */
    private void waitForOtherBuilder() {
        while (true) {
            Optional<Integer> builder =
                    session().one("""
                            SELECT pid FROM pg_stat_progress_create_index
                            WHERE index_relid = to_regclass(?) AND pid <> pg_backend_pid()
                            """, row -> row.integer(1), step.index().quoted());
            if (builder.isEmpty()) {
                return;
            }
            scope.listener()
                    .on(new RunEvent.IndexProgress(
                            key.version(),
                            key.id(),
                            "waiting for pid " + builder.get() + ", which still builds this index",
                            -1,
                            Optional.empty()));
            scope.cancellation().sleep(POLL);
        }
    }

    /** Nothing is left of the try, so the journal forgets it too: the migration may be edited as if it had not run. */
    private StepException duplicate(DatabaseException e) {
        session().inTransaction(() -> scope.journal().forget(session(), key.version(), key.id()));
        return new StepException(
                ExitCode.FAILED_SAFE,
                "the rows of " + step.table() + " are not unique: "
                        + e.error().detail().orElse(e.error().message())
                        + "\n  the unfinished index " + step.index() + " has been dropped",
                "remove or change the duplicates");
    }

    private Session session() {
        return scope.worker().session();
    }
}
