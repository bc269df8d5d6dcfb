package dev.sluice.diff;

import java.util.Objects;
import java.util.Optional;

/**
 * One difference between two catalogs.
 *
 * @param kind of the object: {@code table}, {@code column}, {@code index}, …
 * @param name the object's full name: {@code public.users.email}
 * @param attribute what differs; {@link #EXISTENCE} when one side lacks the object
 * @param left the left value; empty when it has none
 * @param right the right value; empty when it has none
 */
public record Difference(String kind, String name, String attribute, Optional<String> left, Optional<String> right) {

    /** The attribute of objects that only one side has. */
    public static final String EXISTENCE = "existence";

    public Difference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(attribute, "attribute");
        Objects.requireNonNull(left, "left");
        Objects.requireNonNull(right, "right");
    }

    static Difference missing(String kind, String name, boolean onLeft) {
        Optional<String> present = Optional.of("present");
        return new Difference(
                kind, name, EXISTENCE, onLeft ? Optional.empty() : present, onLeft ? present : Optional.empty());
    }

    public boolean isExistence() {
        return attribute.equals(EXISTENCE);
    }

    /** One line: {@code column public.users.email: not null: true ≠ false}. */
    @Override
    public String toString() {
        if (isExistence()) {
            return kind + " " + name + ": only " + (left.isPresent() ? "left" : "right");
        }
        return kind + " " + name + ": " + attribute + ": " + left.orElse("(none)") + " ≠ " + right.orElse("(none)");
    }
}
