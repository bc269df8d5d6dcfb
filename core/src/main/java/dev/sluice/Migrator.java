package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.plan.Plan;
import dev.sluice.run.Activity;
import dev.sluice.run.DownOptions;
import dev.sluice.run.HelpResult;
import dev.sluice.run.HistoryEntry;
import dev.sluice.run.Inspection;
import dev.sluice.run.KeptThing;
import dev.sluice.run.PlanSource;
import dev.sluice.run.RunListener;
import dev.sluice.run.RunResult;
import dev.sluice.run.Runner;
import dev.sluice.run.Status;
import dev.sluice.run.UpOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes migrations through one database, forward and back. Every command opens its own connections and closes them;
 * there is one runner per database at a time. Everything that fails throws a {@link SluiceException} which says what
 * state the database is in and which command goes on.
 *
 * <p>One command at a time; {@link #interrupt()} may be called from any thread.
 */
public final class Migrator {

    private final Runner runner;
    private final Inspection inspection;

    /**
     * @param connections opens connections to the target, as a role that owns the tables and may create in the database
     * @param migrations all of the project, in any order
     * @throws dev.sluice.migration.InvalidMigrationsException when they contradict one another
     */
    public Migrator(
            ConnectionSource connections,
            List<Migration> migrations,
            PlanSource plans,
            Settings settings,
            RunListener listener) {
        MigrationGraph graph = MigrationGraph.of(migrations);
        this.runner = new Runner(
                requireNonNull(connections),
                graph,
                requireNonNull(plans),
                requireNonNull(settings),
                requireNonNull(listener));
        this.inspection = new Inspection(connections, graph);
    }

    /** Resumes what is half expanded, then runs pending migrations; stops where one has to be contracted first. */
    public RunResult up(UpOptions options) {
        return runner.up(options);
    }

    /**
     * Helps with the backfills of whoever runs migrations on this database now, in another process or on another machine,
     * until that run is over. Returns at once when nobody runs.
     */
    public HelpResult help() {
        return runner.help();
    }

    /** Contracts what is expanded (oldest first), or only {@code version}. No old application version may run any more. */
    public RunResult contract(Optional<String> version) {
        return runner.contract(version);
    }

    /** Takes migrations back, last applied first. */
    public RunResult down(DownOptions options) {
        return runner.down(options);
    }

    /** Drops what contract kept, of all applied migrations or only of {@code version}. There is no way back. */
    public RunResult purge(Optional<String> version) {
        return runner.purge(version);
    }

    /** What migrations kept when they were taken back, and none can need again; reads only. */
    public List<KeptThing> kept() {
        return inspection.kept();
    }

    /**
     * Drops all of {@link #kept()}. There is no way back.
     *
     * @return what was dropped
     */
    public List<KeptThing> purgeKept() {
        return runner.purgeKept();
    }

    /** Reads only; works on a database on which Sluice never ran, and while another runner runs. */
    public Status status() {
        return inspection.status();
    }

    /**
     * The plan by which a migration runs or ran last, as the journal has it; empty when it never ran. Reads only. It may hold
     * secrets of the script ({@link dev.sluice.plan.PlanSecrets}).
     */
    public Optional<Plan> planOf(String version) {
        return inspection.plan(version);
    }

    /** What runs right now, whoever runs it; reads only. */
    public Activity activity() {
        return inspection.activity();
    }

    /**
     * Looks at what runs, over one connection; reads only.
     *
     * @param every how long to wait between two looks
     * @param more takes what was seen and says whether to go on
     * @throws InterruptedException when the thread was interrupted between two looks
     */
    public void watch(Duration every, Predicate<Activity> more) throws InterruptedException {
        inspection.watch(every, more);
    }

    /**
     * Sets how much of the time backfills and batched statements of this database may work: those of a run that works now,
     * from the next batch on, and of all later ones.
     *
     * @param share 0, which pauses them, to 1
     */
    public void speed(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of the time is between 0 and 1, not " + share);
        }
        runner.speed(share);
    }

    /** All events, oldest first; reads only. */
    public List<HistoryEntry> history() {
        return inspection.history();
    }

    /**
     * Stops the command that runs: its statement is cancelled, the state recorded, the lease released, and the command
     * throws. Returns at once.
     */
    public void interrupt() {
        runner.interrupt();
    }
}
