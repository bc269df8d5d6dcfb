package dev.sluice.lint;

import dev.sluice.sql.Statement;
import java.util.Optional;

/** What a server was seen to do with the statements of scripts. */
@FunctionalInterface
public interface Observations {

    /** Nothing was tried. */
    Observations NONE = statement -> Optional.empty();

    /** Empty for a statement that was not tried. */
    Optional<Observed> of(Statement statement);
}
