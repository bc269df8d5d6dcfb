package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.DatabaseException;
import java.util.List;
import java.util.Optional;

/**
 * The answer of the data to a {@link dev.sluice.plan.Probe}.
 *
 * @param violations rows that are not as they should be; 0 when all is well
 * @param exact false when there may be more violations than counted (counting stopped early)
 * @param sampleRows the first of them, as {@code column=value, …}; at most ten
 * @param error what the server said, when an expression failed on a row (which is then the only sample), or the question itself
 */
public record ProbeResult(long violations, boolean exact, List<String> sampleRows, Optional<DatabaseException> error) {

    public ProbeResult {
        sampleRows = List.copyOf(sampleRows);
        requireNonNull(error);
    }

    /** Whether the plan may go on. */
    public boolean passed() {
        return violations == 0 && error.isEmpty();
    }

    /** The server's own words. */
    public Optional<String> errorText() {
        return error.map(RowFailure::serverMessage);
    }
}
