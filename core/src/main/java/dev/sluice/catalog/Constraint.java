package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A constraint of a table (or of a domain: then {@code columns} is empty).
 *
 * @param columns the constrained columns, in key order; for CHECK the columns its expression reads
 * @param definition {@code pg_get_constraintdef}
 * @param validated false for NOT VALID
 * @param enforced false for NOT ENFORCED (PostgreSQL 18); always true before
 * @param noInherit CHECK and NOT NULL constraints marked NO INHERIT
 * @param local declared on this table itself
 * @param inheritedFrom how many parents it comes from ({@code coninhcount})
 * @param foreignKey set exactly when {@code kind} is FOREIGN_KEY
 * @param indexName the index that implements it (for a foreign key: the referenced index), in the schema of its table
 * @param triggersAltered some trigger that implements it was disabled or made ALWAYS or REPLICA: it may not be checked
 */
public record Constraint(
        String name,
        Kind kind,
        List<String> columns,
        String definition,
        boolean validated,
        boolean deferrable,
        boolean deferred,
        boolean enforced,
        boolean noInherit,
        boolean local,
        int inheritedFrom,
        Optional<ForeignKey> foreignKey,
        Optional<String> indexName,
        boolean triggersAltered,
        Optional<String> comment) {

    /** {@code pg_constraint.contype}; constraint triggers are triggers here. NOT_NULL rows exist from PostgreSQL 18 on. */
    public enum Kind {
        PRIMARY_KEY,
        UNIQUE,
        CHECK,
        FOREIGN_KEY,
        EXCLUSION,
        NOT_NULL
    }

    /**
     * Where a foreign key points, and what it does.
     *
     * @param table the referenced table
     * @param columns the referenced columns, in the order of the referencing ones
     * @param matchFull MATCH FULL rather than MATCH SIMPLE
     */
    public record ForeignKey(
            QualifiedName table, List<String> columns, Action onUpdate, Action onDelete, boolean matchFull) {

        public ForeignKey {
            Objects.requireNonNull(table, "table");
            columns = List.copyOf(columns);
            Objects.requireNonNull(onUpdate, "onUpdate");
            Objects.requireNonNull(onDelete, "onDelete");
        }
    }

    /** ON UPDATE and ON DELETE actions. */
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    public Constraint {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        columns = List.copyOf(columns);
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(foreignKey, "foreignKey");
        Objects.requireNonNull(indexName, "indexName");
        Objects.requireNonNull(comment, "comment");
        if (foreignKey.isPresent() != (kind == Kind.FOREIGN_KEY)) {
            throw new IllegalArgumentException("constraint " + name + ": foreignKey is set exactly for FOREIGN_KEY");
        }
    }

    /**
     * Whether it is about periods: a key WITHOUT OVERLAPS, a foreign key with PERIOD (PostgreSQL 18). Told from the definition, in
     * which {@code period} before another word is no column.
     */
    public boolean isTemporal() {
        List<Tokens.Token> tokens = Tokens.of(definition);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Tokens.Token next = tokens.get(i + 1);
            boolean name = next.kind() == Tokens.Kind.WORD || next.kind() == Tokens.Kind.QUOTED;
            if (kind == Kind.FOREIGN_KEY
                    ? tokens.get(i).isWord("period") && tokens.get(i).depth() == 1 && name
                    : (kind == Kind.UNIQUE || kind == Kind.PRIMARY_KEY)
                            && tokens.get(i).isWord("without")
                            && next.isWord("overlaps")) {
                return true;
            }
        }
        return false;
    }

    /** Whether PostgreSQL can add it only while nobody writes: its index cannot be built before. */
    public boolean needsItsOwnIndexBuild() {
        return kind == Kind.EXCLUSION || (kind == Kind.UNIQUE || kind == Kind.PRIMARY_KEY) && isTemporal();
    }

    /** A validated, local, immediate constraint without comment. For tests and for predicting a catalog. */
    public static Constraint plain(String name, Kind kind, List<String> columns, String definition) {
        return new Constraint(
                name,
                kind,
                columns,
                definition,
                true,
                false,
                false,
                true,
                false,
                true,
                0,
                Optional.empty(),
                kind == Kind.PRIMARY_KEY || kind == Kind.UNIQUE ? Optional.of(name) : Optional.empty(),
                false,
                Optional.empty());
    }

    /** A validated, local, immediate foreign key without comment. */
    public static Constraint plainForeignKey(String name, List<String> columns, String definition, ForeignKey target) {
        return new Constraint(
                name,
                Kind.FOREIGN_KEY,
                columns,
                definition,
                true,
                false,
                false,
                true,
                false,
                true,
                0,
                Optional.of(target),
                Optional.empty(),
                false,
                Optional.empty());
    }
}
