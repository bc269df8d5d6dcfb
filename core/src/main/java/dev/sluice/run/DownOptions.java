package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How far {@code down} goes, last applied first.
 *
 * @param count how many migrations to take back; ignored when {@code through} is given
 * @param through take back everything down to and including this version
 * @param contractOnly take back contract phases and nothing else: afterwards both application versions work, so that the
 *     old one can be deployed again while the new one runs
 * @param dryRun say what would be taken back and change nothing
 */
public record DownOptions(int count, Optional<String> through, boolean contractOnly, boolean dryRun) {

    public DownOptions {
        requireNonNull(through);
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count);
        }
    }

    /** The last one. */
    public static DownOptions last() {
        return new DownOptions(1, Optional.empty(), false, false);
    }

    public DownOptions withCount(int migrations) {
        return new DownOptions(migrations, through, contractOnly, dryRun);
    }

    public DownOptions withThrough(String version) {
        return new DownOptions(count, Optional.of(version), contractOnly, dryRun);
    }

    public DownOptions withContractOnly(boolean only) {
        return new DownOptions(count, through, only, dryRun);
    }

    public DownOptions withDryRun(boolean only) {
        return new DownOptions(count, through, contractOnly, only);
    }
}
