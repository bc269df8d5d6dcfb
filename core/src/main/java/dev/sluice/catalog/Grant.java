package dev.sluice.catalog;

import java.util.Objects;

/**
 * One privilege of one role on the object that holds this record. A NULL ACL is expanded to PostgreSQL's defaults
 * ({@code acldefault}), so that "never granted" and "granted exactly the default" are the same.
 *
 * @param grantee role name; the empty string is PUBLIC
 * @param privilege {@code SELECT}, {@code EXECUTE}, …
 */
public record Grant(String grantor, String grantee, String privilege, boolean grantable) {

    public Grant {
        Objects.requireNonNull(grantor, "grantor");
        Objects.requireNonNull(grantee, "grantee");
        Objects.requireNonNull(privilege, "privilege");
    }
}
