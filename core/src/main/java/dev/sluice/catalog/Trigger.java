package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A user trigger (internal ones of foreign keys are left out).
 *
 * @param definition {@code pg_get_triggerdef}
 * @param updateColumns the columns of UPDATE OF, empty when it fires for any column
 * @param function the trigger function
 * @param cloned it was cloned from the partitioned parent's trigger
 */
public record Trigger(
        String name,
        Timing timing,
        Set<Event> events,
        boolean forEachRow,
        String definition,
        List<String> updateColumns,
        boolean hasWhen,
        QualifiedName function,
        FiringMode firing,
        boolean constraint,
        boolean cloned,
        Optional<String> comment) {

    public enum Timing {
        BEFORE,
        AFTER,
        INSTEAD_OF
    }

    public enum Event {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE
    }

    public Trigger {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(timing, "timing");
        events = Set.copyOf(events);
        Objects.requireNonNull(definition, "definition");
        updateColumns = List.copyOf(updateColumns);
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(firing, "firing");
        Objects.requireNonNull(comment, "comment");
    }
}
