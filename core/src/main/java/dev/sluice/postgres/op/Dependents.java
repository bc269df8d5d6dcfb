package dev.sluice.postgres.op;

import dev.sluice.catalog.Dependency;
import java.util.List;
import java.util.stream.Collectors;

/** What depends on a thing, for messages. */
final class Dependents {

    private Dependents() {}

    static String list(List<Dependency> dependencies) {
        return dependencies.stream()
                .map(d -> d.dependent().toString())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
