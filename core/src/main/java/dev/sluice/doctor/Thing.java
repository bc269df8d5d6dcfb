package dev.sluice.doctor;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;

/**
 * Something in the catalog that a statement can make or drop.
 *
 * @param relation of a part (column, constraint, trigger) its table; otherwise the name of the thing itself
 * @param part the name of a part, empty for what is no part
 */
public record Thing(Kind kind, QualifiedName relation, String part) implements Comparable<Thing> {

    /** Kinds that the doctor knows; functions go by their name, whatever their arguments. */
    public enum Kind {
        TABLE,
        VIEW,
        SEQUENCE,
        INDEX,
        FUNCTION,
        COLUMN,
        CONSTRAINT,
        TRIGGER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Thing {
        requireNonNull(kind);
        requireNonNull(relation);
        requireNonNull(part);
    }

    static Thing of(Kind kind, QualifiedName name) {
        return new Thing(kind, name, "");
    }

    static Thing part(Kind kind, QualifiedName table, String name) {
        return new Thing(kind, table, name);
    }

    /** Its own name, without schema or table. */
    public String name() {
        return part.isEmpty() ? relation.name() : part;
    }

    /** For people: {@code column full_name of public.users}. */
    public String words() {
        return part.isEmpty()
                ? kind.word() + " " + relation
                : kind.word() + " " + Identifier.quote(part) + " of " + relation;
    }

    Thing in(QualifiedName otherRelation) {
        return new Thing(kind, otherRelation, part);
    }

    @Override
    public int compareTo(Thing other) {
        int byKind = kind.compareTo(other.kind);
        int byRelation = byKind != 0 ? byKind : relation.compareTo(other.relation);
        return byRelation != 0 ? byRelation : part.compareTo(other.part);
    }
}
