package dev.sluice.lab.fuzz;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.proof.ProofDatabases;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs seeds until a count or a time is reached.
 *
 * @param firstSeed where to begin; the seeds are consecutive
 * @param without seeds to leave out
 * @param count how many at most
 * @param time how long at most
 * @param workers how many at once
 * @param shrink whether what fails is made smaller
 */
public record FuzzRun(
        PostgresVersion version,
        long firstSeed,
        Set<Long> without,
        long count,
        Duration time,
        int workers,
        boolean shrink) {

    private static final int PROGRESS = 1000;

    public FuzzRun {
        without = Set.copyOf(without);
    }

    /** Runs, and prints each failure as it is found, and every now and then how far it is. */
    public FuzzReport run(PrintStream out) {
        FuzzReport report = new FuzzReport(this);
        Instant end = Instant.now().plus(time);
        AtomicLong next = new AtomicLong(firstSeed);
        try (EmbeddedPostgres server = ProofDatabases.server(version)) {
            Thread[] threads = new Thread[workers];
            for (int i = 0; i < workers; i++) {
                String name = "worker" + i;
                threads[i] = new Thread(() -> work(server, name, next, end, report, out), name);
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        report.finished();
        return report;
    }

    private void work(
            EmbeddedPostgres server, String name, AtomicLong next, Instant end, FuzzReport report, PrintStream out) {
        try (Worker worker = new Worker(server, name)) {
            while (Instant.now().isBefore(end)) {
                long seed = next.getAndIncrement();
                if (seed >= firstSeed + count) {
                    return;
                }
                if (without.contains(seed)) {
                    continue;
                }
                Worker.Result result = worker.run(seed);
                int done = report.add(result);
                if (done % PROGRESS == 0) {
                    out.println(done + " seeds done, " + report.failures().size() + " failed");
                }
                if (result.verdict().isFailure()) {
                    Shrinker.Shrunk shrunk = shrink
                            ? new Shrinker(worker::run).shrink(result.scenario(), result.verdict())
                            : new Shrinker.Shrunk(result.scenario(), result.verdict());
                    synchronized (out) {
                        out.println(report.failed(seed, shrunk));
                    }
                }
            }
        } catch (SQLException | RuntimeException e) {
            report.broken(e);
        }
    }
}
