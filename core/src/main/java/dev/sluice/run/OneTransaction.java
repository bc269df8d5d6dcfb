package dev.sluice.run;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Migrations that need no phases: all their statements and their journal row in one transaction. This is what builds a
 * fresh database, so it sends nothing that is not needed (BEGIN, at most one LOCK TABLE per lock mode, one journal
 * statement, COMMIT), and that in two round trips when there is nothing to lock.
 */
final class OneTransaction {

    private final Scope scope;

    OneTransaction(Scope scope) {
        this.scope = scope;
    }

    /** Whether the steps can all run in one transaction without holding locks for longer than catalog changes take. */
    static boolean fits(Plan plan) {
        return !plan.hasContract() && plan.purge().isEmpty() && fits(plan.expand());
    }

    static boolean fits(List<Step> steps) {
        if (steps.size() == 1 && steps.get(0) instanceof Step.Brief) {
            return true;
        }
        // The planner starts another plain step only where PostgreSQL wants a commit: a new enum label cannot be used
        // before.
        if (steps.stream().filter(OneTransaction::isPlain).count() > 1) {
            return false;
        }
        boolean locks = steps.stream().anyMatch(step -> !step.info().locks().isEmpty());
        return steps.stream()
                .allMatch(step ->
                        isPlain(step) || !locks && step instanceof Step.Opaque opaque && opaque.transactional());
    }

    private static boolean isPlain(Step step) {
        return step instanceof Step.Brief brief && brief.purpose() == Step.Purpose.PLAIN;
    }

    /**
     * Runs a migration from nothing to applied.
     *
     * @param again whether the journal has a row of an earlier attempt
     * @throws GuardFailedException when it has to be planned anew; nothing was changed
     */
    StepMetrics apply(Migration migration, boolean again, Plan plan) {
        scope.waitForWindow();
        return run(plan, Optional.of(migration), "sluice up", (session, sql, metrics, atOnce) -> {
            if (!atOnce) {
                scope.journal().fence(session); // says what has happened when the lease is gone
            }
            if (again) {
                scope.journal().forgetMigration(session, plan.migration().version());
            }
            Journal.SessionSettings left = scope.journal().applied(session, migration, plan, sql, metrics, atOnce);
            scope.worker().found(left);
        });
    }

    /** Runs the author's down script and marks the migration reverted. */
    StepMetrics takeBack(Plan down) {
        return run(
                down,
                Optional.empty(),
                "sluice down",
                (session, sql, metrics, atOnce) ->
                        scope.journal().reverted(session, down.migration().version(), sql, metrics));
    }

    private interface Record {
        /** @param atOnce whether to send together what can be; without, an error says exactly what has failed */
        void write(Session session, String sql, StepMetrics metrics, boolean atOnce);
    }

    private StepMetrics run(Plan plan, Optional<Migration> migration, String next, Record record) {
        String version = plan.migration().version();
        String sql = String.join(
                ";\n",
                plan.expand().stream()
                        .flatMap(step -> step.statements().stream())
                        .toList());
        boolean atOnce = true;
        boolean asked = false;
        for (int losses = 0; ; losses++) {
            try {
                if (!asked) {
                    Preflight.check(scope.worker().session(), plan);
                    asked = true;
                }
                StepMetrics metrics = attempt(plan, migration, next, sql, record, atOnce);
                scope.journal().confirm();
                return metrics;
            } catch (StepFailedException e) {
                if (atOnce && e.getCause() instanceof DatabaseException error && !error.isConnectionLost()) {
                    atOnce = false; // everything was rolled back; now find out which statement it is
                    continue;
                }
                if (Failure.refusal(e).filter(refused -> refused.is("42501")).isPresent()) {
                    // taken away meanwhile, or asked for behind a statement after which rights may be others
                    Preflight.check(scope.worker().session(), plan);
                }
                if (!(e.getCause() instanceof DatabaseException lost)
                        || !lost.isConnectionLost()
                        || losses == Worker.RECONNECTS) {
                    throw e;
                }
                scope.cancellation().check();
                scope.reconnect(lost);
            } catch (DatabaseException lost) {
                scope.cancellation().check();
                if (!lost.isConnectionLost() || losses == Worker.RECONNECTS) {
                    throw lost;
                }
                scope.reconnect(lost);
            }
            if (scope.journal().wroteLast(scope.worker().session(), version, sql)) {
                return StepMetrics.of(Duration.ZERO, 0);
            }
        }
    }

    private StepMetrics attempt(
            Plan plan, Optional<Migration> migration, String next, String sql, Record record, boolean atOnce) {
        Step[] current = new Step[1];
        try {
            LockAcquirer.Result<Long> result = scope.locks(plan.migration().version(), "all")
                    .run(
                            scope.worker().session(),
                            locks(plan.expand()),
                            scope.worker().settings(plan.searchPath()),
                            timing -> {
                                Session session = scope.worker().session();
                                long rows = 0;
                                for (Step step : plan.expand()) {
                                    current[0] = step;
                                    rows += StepExecution.run(
                                            session,
                                            guards(step),
                                            atOnce ? together(step.statements()) : step.statements());
                                }
                                current[0] = null;
                                record.write(session, sql, timing.metrics(rows), atOnce);
                                return rows;
                            });
            scope.passOnWarnings();
            StepMetrics m = result.metrics();
            return new StepMetrics(m.lockWait(), m.lockHeld(), m.duration(), result.value(), m.tries());
        } catch (DatabaseException | LockNotAcquiredException e) {
            scope.cancellation().check();
            Step step = current[0] == null && !plan.expand().isEmpty()
                    ? plan.expand().get(0)
                    : current[0];
            if (step == null) {
                throw e;
            }
            StepFailedException failure = Failure.of(step, e, plan.migration().version(), migration, "");
            throw new StepFailedException(
                    failure.exitCode(),
                    failure.getMessage() + "\n  state: nothing of this migration was changed by this run\n  next: "
                            + (e instanceof DatabaseException refused ? Failure.advice(refused) : "") + next,
                    e);
        }
    }

    /** The strongest lock per table, in the order in which the steps name them. */
    static List<TableLock> locks(List<Step> steps) {
        Map<QualifiedName, LockMode> strongest = new LinkedHashMap<>();
        for (Step step : steps) {
            for (TableLock lock : step.info().locks()) {
                strongest.merge(lock.table(), lock.mode(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }
        List<TableLock> locks = new ArrayList<>();
        strongest.forEach((table, mode) -> locks.add(new TableLock(table, mode)));
        return locks;
    }

    /** One message to the server instead of one per statement; a comment at a statement's end must not swallow the semicolon. */
    private static List<String> together(List<String> statements) {
        return statements.size() > 1 ? List.of(String.join("\n;\n", statements)) : statements;
    }

    private static List<Step.Guard> guards(Step step) {
        return step instanceof Step.Brief brief ? brief.guards() : List.of();
    }
}
