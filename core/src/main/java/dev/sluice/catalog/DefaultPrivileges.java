package dev.sluice.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * ALTER DEFAULT PRIVILEGES.
 *
 * @param role whose new objects it is about
 * @param schema the schema it is limited to
 * @param objects {@code TABLES}, {@code SEQUENCES}, {@code FUNCTIONS}, {@code TYPES}, {@code SCHEMAS} or {@code LARGE OBJECTS}
 */
public record DefaultPrivileges(String role, Optional<String> schema, String objects, List<Grant> grants) {

    public DefaultPrivileges {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(objects, "objects");
        grants = List.copyOf(grants);
    }
}
