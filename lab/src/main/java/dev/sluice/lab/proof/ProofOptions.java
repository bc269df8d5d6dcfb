package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What to prove, and how thoroughly.
 *
 * @param from the first version to prove; those before it are only run
 * @param only the one version to prove
 * @param rows to generate for each table
 * @param seed of everything random
 * @param jobs how many migrations to prove at once
 * @param states how many states within a phase to go back from, for each phase of a plan
 * @param stages what to prove besides
 */
public record ProofOptions(
        Optional<String> from,
        Optional<String> only,
        long rows,
        long seed,
        int jobs,
        int states,
        List<ProofStage> stages) {

    public static final long DEFAULT_ROWS = 1_000;
    public static final long DEFAULT_SEED = 1;
    public static final int DEFAULT_STATES = 3;

    public ProofOptions {
        requireNonNull(from);
        requireNonNull(only);
        stages = List.copyOf(stages);
        if (rows < 0 || jobs < 1 || states < 0) {
            throw new IllegalArgumentException("rows " + rows + ", jobs " + jobs + ", states " + states);
        }
    }

    /** Everything, with a thousand rows, on all processors. */
    public static ProofOptions defaults() {
        return new ProofOptions(
                Optional.empty(),
                Optional.empty(),
                DEFAULT_ROWS,
                DEFAULT_SEED,
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_STATES,
                List.of());
    }

    public ProofOptions withFrom(String version) {
        return new ProofOptions(Optional.of(version), only, rows, seed, jobs, states, stages);
    }

    public ProofOptions withOnly(String version) {
        return new ProofOptions(from, Optional.of(version), rows, seed, jobs, states, stages);
    }

    public ProofOptions withRows(long number) {
        return new ProofOptions(from, only, number, seed, jobs, states, stages);
    }

    public ProofOptions withSeed(long number) {
        return new ProofOptions(from, only, rows, number, jobs, states, stages);
    }

    public ProofOptions withJobs(int number) {
        return new ProofOptions(from, only, rows, seed, number, states, stages);
    }

    public ProofOptions withStates(int number) {
        return new ProofOptions(from, only, rows, seed, jobs, number, stages);
    }

    public ProofOptions withStages(List<ProofStage> more) {
        return new ProofOptions(from, only, rows, seed, jobs, states, more);
    }
}
