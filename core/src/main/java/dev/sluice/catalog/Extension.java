package dev.sluice.catalog;

import java.util.Objects;
import java.util.Optional;

/** An installed extension; its member objects are left out of the catalog. */
public record Extension(String name, String schema, String version, String owner, Optional<String> comment) {

    public Extension {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(comment, "comment");
    }
}
