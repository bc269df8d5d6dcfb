package dev.sluice.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A schema, without what is in it. */
public record Schema(String name, String owner, Optional<String> comment, List<Grant> grants) {

    public Schema {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(comment, "comment");
        grants = List.copyOf(grants);
    }
}
