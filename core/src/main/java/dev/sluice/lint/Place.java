package dev.sluice.lint;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.Statement;
import java.util.List;

/**
 * What is known of the script that a statement stands in.
 *
 * @param wrapped whether the tool runs it in a transaction
 * @param forward of a script that goes back: the statements that it takes back
 */
public record Place(boolean wrapped, Standing standing, List<Statement> forward) {
    public Place {
        requireNonNull(standing);
        forward = List.copyOf(forward);
    }
}
