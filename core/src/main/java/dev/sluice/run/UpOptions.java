package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.migration.OutOfOrder;
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
 * @param outOfOrder what to do with a migration that is not applied while a later one is
 */
public record UpOptions(
        Optional<String> target, OptionalInt count, boolean contract, boolean dryRun, OutOfOrder outOfOrder) {

    public UpOptions {
        requireNonNull(target);
        requireNonNull(count);
        requireNonNull(outOfOrder);
    }

    /** Everything that is pending, expand phases only. */
    public static UpOptions all() {
        return new UpOptions(Optional.empty(), OptionalInt.empty(), false, false, OutOfOrder.REFUSE);
    }

    public UpOptions withTarget(String version) {
        return new UpOptions(Optional.of(version), count, contract, dryRun, outOfOrder);
    }

    public UpOptions withCount(int migrations) {
        return new UpOptions(target, OptionalInt.of(migrations), contract, dryRun, outOfOrder);
    }

    public UpOptions withContract(boolean alsoContract) {
        return new UpOptions(target, count, alsoContract, dryRun, outOfOrder);
    }

    public UpOptions withDryRun(boolean only) {
        return new UpOptions(target, count, contract, only, outOfOrder);
    }

    public UpOptions withOutOfOrder(OutOfOrder choice) {
        return new UpOptions(target, count, contract, dryRun, choice);
    }
}
