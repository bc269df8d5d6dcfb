package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/**
 * Something that a migration left in the database when it was taken back, because it held data that existed nowhere else,
 * and that no migration can need again.
 *
 * @param kind TABLE, COLUMN, TYPE, DOMAIN, SEQUENCE, ROUTINE or VIEW
 * @param name for people; of a column with its table
 * @param table what is locked to drop it
 * @param dropSql the statement that drops it
 */
public record KeptThing(String kind, String name, Optional<QualifiedName> table, String dropSql) {

    public KeptThing {
        requireNonNull(kind);
        requireNonNull(name);
        requireNonNull(table);
        requireNonNull(dropSql);
    }
}
