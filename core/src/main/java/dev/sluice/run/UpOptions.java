package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far {@code up} goes.
 *
 * @param target the last version to run
 * @param count how many migrations to run at most
 * @param contract whether to contract each migration right after its expand phase: only when no old application version
 *     is running
 * @param dryRun plan the next migration and change nothing, not even the journal
 */
public record UpOptions(Optional<String> target, OptionalInt count, boolean contract, boolean dryRun) {

    public UpOptions {
        requireNonNull(target);
        requireNonNull(count);
    }

    /** Everything that is pending, expand phases only. */
    public static UpOptions all() {
        return new UpOptions(Optional.empty(), OptionalInt.empty(), false, false);
    }

    public UpOptions withTarget(String version) {
        return new UpOptions(Optional.of(version), count, contract, dryRun);
    }

    public UpOptions withCount(int migrations) {
        return new UpOptions(target, OptionalInt.of(migrations), contract, dryRun);
    }

    public UpOptions withContract(boolean alsoContract) {
        return new UpOptions(target, count, alsoContract, dryRun);
    }

    public UpOptions withDryRun(boolean only) {
        return new UpOptions(target, count, contract, only);
    }
}
