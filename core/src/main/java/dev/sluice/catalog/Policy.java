package dev.sluice.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A row security policy.
 *
 * @param command {@code ALL}, {@code SELECT}, {@code INSERT}, {@code UPDATE} or {@code DELETE}
 * @param roles role names, sorted; the empty string is PUBLIC
 */
public record Policy(
        String name,
        String command,
        boolean permissive,
        List<String> roles,
        Optional<String> using,
        Optional<String> withCheck,
        Optional<String> comment) {

    public Policy {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(command, "command");
        roles = List.copyOf(roles);
        Objects.requireNonNull(using, "using");
        Objects.requireNonNull(withCheck, "withCheck");
        Objects.requireNonNull(comment, "comment");
    }
}
