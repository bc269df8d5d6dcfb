package dev.sluice.lint.schema;

import java.util.Optional;

/**
 * A type that a script made.
 *
 * @param base of a domain, the type it is over
 * @param constrained whether a domain has a check or NOT NULL
 * @param hasDefault whether a domain has a default
 */
public record KnownType(Kind kind, Optional<ColumnType> base, boolean constrained, boolean hasDefault) {

    /** What it is. */
    public enum Kind {
        ENUM,
        DOMAIN,
        COMPOSITE,
        OTHER
    }
}
