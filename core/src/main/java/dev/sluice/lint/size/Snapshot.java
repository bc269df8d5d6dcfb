package dev.sluice.lint.size;

import static java.util.Objects.requireNonNull;

/**
 * What a database was like at some time.
 *
 * @param schema the statements that would make it; empty where nobody has looked
 */
public record Snapshot(Sizes sizes, String schema) {

    /** Nobody has looked. */
    public static final Snapshot UNKNOWN = new Snapshot(Sizes.UNKNOWN, "");

    public Snapshot {
        requireNonNull(sizes);
        requireNonNull(schema);
    }
}
