package dev.sluice.catalog;

import java.util.Objects;
import java.util.Optional;

/** A rewrite rule other than the {@code _RETURN} rule of a view; {@code definition} is {@code pg_get_ruledef}. */
public record Rule(String name, String definition, FiringMode firing, Optional<String> comment) {

    public Rule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(firing, "firing");
        Objects.requireNonNull(comment, "comment");
    }
}
