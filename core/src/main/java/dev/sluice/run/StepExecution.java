package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.backfill.DataContext;
import dev.sluice.backfill.DataWork;
import dev.sluice.backfill.ProbeResult;
import dev.sluice.backfill.WalkReport;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One execution of one step, with its journal rows. Repeatable at any point: a transactional step commits together with
 * its row, any other writes an intent first and looks at the catalog before it works.
 */
final class StepExecution implements Step.Cases<StepMetrics> {

    private static final int SAMPLE_ROWS = 10;

    /** Catalog changes take milliseconds; what takes longer than this while the application waits is a mistake. */
    private static final Duration BRIEF = Duration.ofSeconds(5);

    private final Scope scope;
    private final StepKey key;
    private final boolean begunBefore;

    /** @param begunBefore whether an earlier try of this step has left an intent in the journal */
    StepExecution(Scope scope, StepKey key, boolean begunBefore) {
        this.scope = scope;
        this.key = key;
        this.begunBefore = begunBefore;
    }

    @Override
    public StepMetrics brief(Step.Brief step) {
        boolean hurry = !step.info().locks().isEmpty() && step.purpose() != Step.Purpose.PLAIN;
        try {
            return transaction(step, step.guards(), step.statements(), hurry);
        } catch (DatabaseException e) {
            scope.cancellation().check();
            if (!hurry || !e.isCancelled()) {
                throw e;
            }
            throw new StepException(
                    ExitCode.FAILED_SAFE,
                    "a statement of this step took longer than " + BRIEF.toSeconds()
                            + " s while it held its locks, or was" + " cancelled by somebody; it was taken back: "
                            + e.statement(),
                    "report this: Sluice takes this statement for a mere change of the catalog");
        }
    }

    @Override
    public StepMetrics opaque(Step.Opaque step) {
        return step.transactional() ? transaction(step, List.of(), step.statements(), false) : outsideTransaction(step);
    }

    @Override
    public StepMetrics buildIndex(Step.BuildIndex step) {
        intent(step, step.sql());
        return timed(step, step.sql(), () -> {
            new IndexBuild(scope, key, step, begunBefore).run();
            return 0L;
        });
    }

    @Override
    public StepMetrics dropIndex(Step.DropIndex step) {
        intent(step, step.sql());
        return timed(step, step.sql(), () -> {
            scope.worker().use(key.searchPath(), Duration.ZERO);
            if (!begunBefore || isThere(step.index())) {
                session().execute(step.sql());
            }
            return 0L;
        });
    }

    /** Reads the whole table under a lock that neither reads nor writes conflict with, so it may take its time. */
    @Override
    public StepMetrics validate(Step.Validate step) {
        try {
            return locked(step, timing -> {
                        if (!isValidated(step)) {
                            session().execute(step.sql());
                        }
                        return done(step, step.sql(), timing.metrics(0));
                    })
                    .metrics();
        } catch (DatabaseException e) {
            if (!e.sqlState().startsWith("23")) {
                throw e;
            }
            String rows = step.violations()
                    .map(probe -> describe(work().probe(probe)))
                    .orElse("");
            throw new StepException(
                    ExitCode.FAILED_SAFE,
                    "rows violate constraint " + step.constraint() + " of " + step.table() + ": "
                            + e.error().message() + rows,
                    "correct or remove these rows");
        }
    }

    @Override
    public StepMetrics backfill(Step.Backfill step) {
        return walk(step, cursors -> work(cursors).backfill(step, cursors));
    }

    @Override
    public StepMetrics batchedDml(Step.BatchedDml step) {
        return walk(step, cursors -> work(cursors).batchedDml(step, cursors));
    }

    @Override
    public StepMetrics check(Step.Check step) {
        return timed(step, sql(step.probe()), () -> {
            ProbeResult result = work().probe(step.probe());
            if (!result.passed() && !step.stop()) {
                scope.notice(RunEvent.Notice.Level.WARNING, step.violation() + describe(result));
                return result.violations();
            }
            Optional<DatabaseException> shortage =
                    result.error().filter(error -> !Failure.shortage(error).isEmpty());
            if (shortage.isPresent()) {
                throw new StepException(
                        ExitCode.FAILED_SAFE,
                        "this could not be checked: " + step.violation() + describe(result),
                        "",
                        shortage.get());
            }
            if (!result.passed()) {
                throw new StepException(
                        ExitCode.FAILED_SAFE,
                        step.violation() + describe(result) + query(step.probe()),
                        key.phase().equals("expand") ? "correct the data, or the migration" : "correct the data");
            }
            return 0L;
        });
    }

    @Override
    public StepMetrics discard(Step.Discard step) {
        ProbeResult kept = work().keep(step);
        if (kept.passed()) {
            return transaction(step, List.of(), step.dropSql(), true);
        }
        kept.error().ifPresent(error -> {
            throw new StepException(
                    ExitCode.FAILED_SAFE,
                    "cannot tell whether " + step.table() + " holds data that exists nowhere else: "
                            + kept.errorText().orElse(""),
                    Failure.shortage(error).isEmpty() ? "look at these rows" : "",
                    error);
        });
        String what = step.column()
                .map(column -> "column " + column + " of " + step.table())
                .orElseGet(() -> "table " + step.table());
        scope.notice(
                RunEvent.Notice.Level.WARNING,
                what + " is kept, because it holds data that exists nowhere else" + describe(kept)
                        + "\n  to drop it for good: sluice purge --kept");
        return timed(step, "", kept::violations);
    }

    /** @param hurry whether a statement that takes long is a mistake */
    private StepMetrics transaction(Step step, List<Step.Guard> guards, List<String> statements, boolean hurry) {
        String sql = String.join(";\n", statements);
        StepMetrics metrics = locked(step, timing -> {
                    if (hurry) {
                        session().execute("SET LOCAL statement_timeout = '" + BRIEF.toMillis() + "ms'");
                    }
                    long rows = run(session(), guards, statements);
                    return done(step, sql, timing.metrics(rows));
                })
                .metrics();
        scope.passOnWarnings();
        return metrics;
    }

    /** Guards, then statements; in the caller's transaction. */
    static long run(Session session, List<Step.Guard> guards, List<String> statements) {
        for (Step.Guard guard : guards) {
            if (!session.isTrue(guard.query())) {
                throw new GuardFailedException(guard.message());
            }
        }
        long rows = 0;
        for (String statement : statements) {
            rows += execute(session, statement);
        }
        return rows;
    }

    private static long execute(Session session, String statement) {
        if (statement.contains(Secrets.MARK)) {
            throw new StepException(
                    ExitCode.FAILED_NEEDS_OPERATOR,
                    "there was a password in this statement, and the journal keeps none: it cannot be run from there",
                    "run it by hand, with the password: " + statement.strip());
        }
        return session.execute(statement);
    }

    private LockAcquirer.Result<StepMetrics> locked(Step step, LockAcquirer.Work<StepMetrics> work) {
        LockAcquirer.Result<StepMetrics> result = scope.locks(key.version(), key.id())
                .run(session(), locks(step), scope.worker().settings(key.searchPath()), work);
        long rows = result.value().rows();
        StepMetrics m = result.metrics();
        return new LockAcquirer.Result<>(
                result.value(), new StepMetrics(m.lockWait(), m.lockHeld(), m.duration(), rows, m.tries()));
    }

    /** What an undo would lock may be gone already: its step may not have come that far. */
    private List<TableLock> locks(Step step) {
        List<TableLock> locks = step.info().locks();
        if (!key.isUndo() || locks.isEmpty()) {
            return locks;
        }
        return locks.stream().filter(lock -> isThere(lock.table())).toList();
    }

    private boolean isThere(QualifiedName relation) {
        return session().isTrue("SELECT to_regclass(?) IS NOT NULL", relation.quoted());
    }

    private StepMetrics outsideTransaction(Step.Opaque step) {
        String sql = String.join(";\n", step.statements());
        if (begunBefore && tookEffect(step)) {
            return timed(step, sql, () -> 0L);
        }
        intent(step, sql);
        return timed(step, sql, () -> {
            scope.worker().use(key.searchPath(), Duration.ZERO);
            long rows = 0;
            for (String statement : step.statements()) {
                rows += execute(session(), statement);
            }
            scope.worker().forgetSettings();
            return rows;
        });
    }

    private boolean tookEffect(Step.Opaque step) {
        if (step.doneWhen().isEmpty()) {
            throw new StepException(
                    ExitCode.FAILED_NEEDS_OPERATOR,
                    "an earlier run was cut off in this step, and the catalog cannot tell whether it took effect",
                    "look whether it did. If so: UPDATE sluice.step SET state = 'done' WHERE version = '"
                            + key.version() + "' AND id = '" + key.id()
                            + "'; if not: DELETE FROM sluice.step WHERE version = '" + key.version() + "' AND id = '"
                            + key.id() + "'");
        }
        scope.worker().use(key.searchPath(), Duration.ZERO);
        return session().isTrue(step.doneWhen().get());
    }

    private StepMetrics walk(Step step, Walk walk) {
        String what = step.info().title();
        intent(step, what);
        Optional<Outlay> before = Outlay.table(step).map(table -> Outlay.before(session(), table));
        Instant start = Instant.now();
        return timed(step, what, () -> {
            WalkReport report = walk.run(new JournalCursors(scope, key.version(), key.id()));
            if (report.left() > 0) {
                scope.notice(
                        RunEvent.Notice.Level.WARNING,
                        report.left()
                                + " rows stay in the archive: the application has written conflicting rows since");
            }
            before.ifPresent(outlay -> compare(outlay.until(session()), Duration.between(start, Instant.now())));
            return report.rows();
        });
    }

    /** So that whoever trusts an estimate learns how good they are. */
    private void compare(Outlay outlay, Duration took) {
        scope.record((journal, session) -> journal.outlay(session, key.version(), key.id(), took, outlay)
                .ifPresent(expected -> scope.notice(
                        RunEvent.Notice.Level.INFO,
                        "took " + Outlay.words(Optional.of(took), outlay.lsn(), outlay.tableBytes()) + "; estimated: "
                                + expected)));
    }

    private interface Walk {
        WalkReport run(JournalCursors cursors);
    }

    private void intent(Step step, String sql) {
        session()
                .inTransaction(
                        () -> scope.journal().intent(session(), key.version(), key.phase(), key.id(), step, sql));
    }

    /** Work that is not one transaction; its row says done in a transaction of its own. */
    private StepMetrics timed(Step step, String sql, Supplier<Long> work) {
        Instant start = Instant.now();
        long rows = work.get();
        scope.cancellation().check();
        StepMetrics metrics = StepMetrics.of(Duration.between(start, Instant.now()), rows);
        return session().inTransaction(() -> done(step, sql, metrics));
    }

    private StepMetrics done(Step step, String sql, StepMetrics metrics) {
        scope.journal().done(session(), key.version(), key.phase(), key.id(), step, sql, metrics);
        if (key.isForward()) {
            scope.journal().shape(session(), key.version(), key.id(), TableShape.read(session(), key.tables()));
        }
        return metrics;
    }

    private boolean isValidated(Step.Validate step) {
        return session()
                .isTrue(
                        "SELECT bool_and(convalidated) FROM pg_constraint WHERE conrelid = to_regclass(?) AND conname = ?",
                        step.table().quoted(),
                        step.constraint());
    }

    private DataWork work() {
        return work(new JournalCursors(scope, key.version(), key.id()));
    }

    private DataWork work(JournalCursors cursors) {
        return new DataWork(new DataContext(
                scope.worker().connections(),
                key.searchPath(),
                scope.settings().data(),
                new BackfillTelling(scope, key.version(), key.id(), true),
                cursors.speed()));
    }

    private static String describe(ProbeResult result) {
        StringBuilder text = new StringBuilder();
        if (result.violations() > 0) {
            text.append("\n  rows: ").append(result.violations()).append(result.exact() ? "" : " or more");
        }
        result.sampleRows().stream()
                .limit(SAMPLE_ROWS)
                .forEach(row -> text.append("\n    ").append(row));
        result.errorText().ifPresent(error -> text.append("\n  error: ").append(error));
        return text.toString();
    }

    /** Finds all the rows, not only those shown. */
    private static String query(Probe probe) {
        if (probe instanceof Probe.NoRows rows) {
            return "\n  query: SELECT * FROM " + rows.table().quoted() + " WHERE " + rows.predicate();
        }
        return probe instanceof Probe.NoResult other
                ? "\n  query: " + other.sql().strip().replaceFirst(" LIMIT \\d+$", "")
                : "";
    }

    private static String sql(Probe probe) {
        if (probe instanceof Probe.NoRows rows) {
            return "SELECT FROM " + rows.table() + " WHERE " + rows.predicate();
        }
        if (probe instanceof Probe.Evaluates evaluates) {
            return "SELECT " + String.join(", ", evaluates.expressions()) + " FROM " + evaluates.table() + " WHERE "
                    + evaluates.where();
        }
        return ((Probe.NoResult) probe).sql();
    }

    private Session session() {
        return scope.worker().session();
    }

    /** The journal's key of a step, the {@code search_path} it runs under, and the tables of its migration. */
    record StepKey(String version, String phase, String id, String searchPath, Set<QualifiedName> tables) {
        StepKey {
            tables = Set.copyOf(tables);
        }

        boolean isForward() {
            return phase.equals("expand") || phase.equals("contract");
        }

        boolean isUndo() {
            return phase.equals("undo");
        }
    }
}
