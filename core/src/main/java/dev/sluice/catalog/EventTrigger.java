package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An event trigger: runs on DDL, ours included.
 *
 * @param tags the commands it is limited to; empty = all
 */
public record EventTrigger(
        String name,
        String event,
        List<String> tags,
        QualifiedName function,
        String owner,
        FiringMode firing,
        Optional<String> comment) {

    public EventTrigger {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(event, "event");
        tags = List.copyOf(tags);
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(firing, "firing");
        Objects.requireNonNull(comment, "comment");
    }
}
