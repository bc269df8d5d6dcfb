package dev.sluice.run;

import dev.sluice.Settings;
import dev.sluice.backfill.DataContext;
import dev.sluice.backfill.DataWork;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Helps the runner of a database with its backfills, from another process or machine, as long as there is a runner. It
 * writes under the runner's epoch: when another runner takes over, what it does is rolled back, and it looks anew.
 */
final class Assistant {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Worker worker;
    private final Settings settings;
    private final Cancellation cancellation;
    private final RunListener listener;
    private long rows;

    private Assistant(Worker worker, Settings settings, Cancellation cancellation, RunListener listener) {
        this.worker = worker;
        this.settings = settings;
        this.cancellation = cancellation;
        this.listener = listener;
    }

    /** Returns when no runner is at work any more. */
    static HelpResult help(
            ConnectionSource connections, Settings settings, RunListener listener, Cancellation cancellation) {
        boolean pooled;
        PatientConnections patient = PatientConnections.of(connections, settings, cancellation, listener);
        try (Session session = Session.open(patient, "status")) {
            if (!JournalSchema.exists(session)
                    || JournalReader.runner(session).isEmpty()
                    || JournalSchema.version(session) != JournalSchema.VERSION) {
                return new HelpResult(0, 0);
            }
            pooled = session.isPooled();
        }
        try (Worker worker = new Worker(patient, pooled, settings, cancellation)) {
            return new Assistant(worker, settings, cancellation, listener).untilThereIsNoRunner();
        }
    }

    /** A backfill that has ranges nobody works on. */
    private record Job(long epoch, String version, String step) {}

    private HelpResult untilThereIsNoRunner() {
        int backfills = 0;
        while (true) {
            cancellation.check();
            try {
                Optional<Job> job = job();
                if (job.isPresent()) {
                    backfills += help(job.get()) ? 1 : 0;
                } else if (JournalReader.runner(worker.session()).isEmpty()) {
                    return new HelpResult(backfills, rows);
                }
            } catch (FencedException e) {
                listener.on(new RunEvent.Notice(
                        RunEvent.Notice.Level.INFO, "another runner has taken over: looking what it does"));
            } catch (DatabaseException e) {
                if (!e.isConnectionLost()) {
                    throw e;
                }
                worker.reconnect(e);
            }
            cancellation.sleep(LOOK_EVERY);
        }
    }

    private Optional<Job> job() {
        return worker.session().one("""
                        SELECT l.epoch, b.version, b.step FROM sluice.backfill b JOIN sluice.lease l ON l.epoch = b.epoch
                        JOIN sluice.step s ON s.version = b.version AND s.id = b.step AND s.state = 'running'
                        WHERE l.holder IS NOT NULL AND l.expires_at > clock_timestamp() AND EXISTS (
                            SELECT FROM sluice.backfill_range r WHERE r.version = b.version AND r.step = b.step
                            AND r.block < r.end_block AND r.expires_at < clock_timestamp())
                        ORDER BY b.version, b.step LIMIT 1
                        """, row -> new Job(row.number(1), row.text(2), row.text(3)));
    }

    /** @return false for a step that helpers know nothing of: part of an undo */
    private boolean help(Job job) {
        Optional<Plan> plan =
                JournalReader.migration(worker.session(), job.version()).map(JournalRecord::plan);
        Optional<Step.Backfill> step =
                plan.flatMap(found -> Stream.concat(found.expand().stream(), found.contract().stream())
                        .filter(Step.Backfill.class::isInstance)
                        .map(Step.Backfill.class::cast)
                        .filter(backfill -> backfill.id().equals(job.step()))
                        .findFirst());
        if (step.isEmpty()) {
            return false;
        }
        Journal journal = new Journal(job.epoch(), settings.actor());
        Scope scope = new Scope(worker, journal, settings, cancellation, listener);
        String who = Whereabouts.of(settings);
        scope.record((writer, session) -> {
            writer.fence(session);
            writer.event(
                    session,
                    Journal.Event.of("helper joined")
                            .in(job.version())
                            .at(job.step())
                            .saying(who));
        });
        SpeedControl speed = new SpeedControl(scope);
        DataContext context = new DataContext(
                worker.connections(),
                plan.orElseThrow().searchPath(),
                settings.data(),
                new BackfillTelling(scope, job.version(), job.step(), false),
                speed);
        JournalRanges ranges = new JournalRanges(journal, job.version(), job.step(), who, speed);
        rows += new DataWork(context).help(step.get(), ranges);
        return true;
    }
}
