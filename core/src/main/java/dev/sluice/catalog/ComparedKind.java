package dev.sluice.catalog;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A kind of object, and what is compared of it.
 *
 * @param name {@code table}, {@code event trigger}, …
 */
record ComparedKind<T>(String name, List<Attribute<T>> attributes) {

    ComparedKind {
        Objects.requireNonNull(name, "name");
        attributes = List.copyOf(attributes);
    }

    /**
     * One thing that is compared.
     *
     * @param value compared by its text; absent when it is an empty {@code Optional} or list; a map stands for several
     *     attributes alike, each named by its key
     */
    record Attribute<T>(String name, Function<T, ?> value) {}
}
