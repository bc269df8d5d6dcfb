package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.SluiceException;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Proves the migrations of a project: one database goes plainly from migration to migration and is filled with rows after
 * each, which is quick; each migration is proven on copies of what that database was before and after it, several at once.
 */
public final class Proof {
    private final ProofDatabases databases;
    private final RowSource rows;
    private final ProofOptions options;
    private final ProofListener listener;

    public Proof(ProofDatabases databases, RowSource rows, ProofOptions options, ProofListener listener) {
        this.databases = requireNonNull(databases);
        this.rows = requireNonNull(rows);
        this.options = requireNonNull(options);
        this.listener = requireNonNull(listener);
    }

    /** From an empty database on. */
    public ProofReport run(List<Migration> inOrder) {
        return run(inOrder, databases.create());
    }

    /**
     * From that database on.
     *
     * @param inOrder the migrations that it has not had, in the order in which they run
     * @param first goes from migration to migration
     */
    public ProofReport run(List<Migration> inOrder, TestDatabase first) {
        Instant begun = Instant.now();
        List<Migration> chosen = chosen(inOrder);
        listener.begins(chosen.size());
        ExecutorService pool = Executors.newFixedThreadPool(options.jobs());
        // so that the one database does not run away from the proofs and fill the disk with copies
        Semaphore ahead = new Semaphore(options.jobs() + 1);
        try {
            MigrationProof proof = new MigrationProof(databases, options.states(), options.stages(), options.seed());
            RollingDatabase rolling = new RollingDatabase(databases, first, rows);
            List<Future<MigrationResult>> results = new ArrayList<>();
            rolling.fill();
            for (Migration migration : inOrder) {
                if (chosen.contains(migration)) {
                    ahead.acquireUninterruptibly();
                    RollingDatabase.Passage passage = rolling.pass(migration, true);
                    results.add(pool.submit(proving(proof, migration, passage, ahead)));
                } else {
                    rolling.pass(migration, false);
                }
            }
            List<MigrationResult> all = new ArrayList<>();
            for (Future<MigrationResult> result : results) {
                all.add(get(result));
            }
            return new ProofReport(
                    databases.version(), options.rows(), options.seed(), all, Duration.between(begun, Instant.now()));
        } finally {
            pool.shutdownNow();
        }
    }

    private Callable<MigrationResult> proving(
            MigrationProof proof, Migration migration, RollingDatabase.Passage passage, Semaphore ahead) {
        return () -> {
            try (passage) {
                MigrationResult result = passage.prove(proof, migration);
                synchronized (listener) {
                    listener.done(result);
                }
                return result;
            } finally {
                ahead.release();
            }
        };
    }

    private List<Migration> chosen(List<Migration> inOrder) {
        List<Migration> chosen = new ArrayList<>();
        boolean begun = options.from().isEmpty();
        for (Migration migration : inOrder) {
            begun |= options.from().filter(migration.version()::equals).isPresent();
            Optional<String> only = options.only();
            if (begun && (only.isEmpty() || only.get().equals(migration.version()))) {
                chosen.add(migration);
            }
        }
        return chosen;
    }

    private static MigrationResult get(Future<MigrationResult> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SluiceException(dev.sluice.ExitCode.ERROR, "Interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
