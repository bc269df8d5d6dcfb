package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A column of a table, view or composite type.
 *
 * @param attnum its number in the table; gaps are dropped columns
 * @param defaultExpression the default of an ordinary column, as {@code pg_get_expr} prints it
 * @param generationExpression the expression of a generated column
 * @param collation set when it differs from the type's own collation
 * @param storage effective TOAST strategy
 * @param compression {@code pglz} or {@code lz4} when set on the column
 * @param statisticsTarget set when it is not the server's default
 * @param options column options such as {@code n_distinct=5}
 * @param ownedSequence the sequence owned by this column (serial or identity)
 * @param hasMissingValue rows written before ADD COLUMN … DEFAULT take the value from the catalog
 * @param inherited the column comes from a parent and is not also declared here ({@code NOT attislocal})
 */
public record Column(
        String name,
        int attnum,
        TypeRef type,
        boolean notNull,
        Optional<String> defaultExpression,
        Identity identity,
        Generated generated,
        Optional<String> generationExpression,
        Optional<QualifiedName> collation,
        Storage storage,
        Optional<String> compression,
        Optional<Integer> statisticsTarget,
        List<String> options,
        Optional<String> comment,
        List<Grant> grants,
        Optional<QualifiedName> ownedSequence,
        boolean hasMissingValue,
        boolean inherited) {

    /** Columns with this prefix are what contract archived: ours, not the user's. */
    public static final String ARCHIVED_PREFIX = "sluice_archived_";

    /** {@code GENERATED … AS IDENTITY}. */
    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }

    /** {@code GENERATED ALWAYS AS (…)}; VIRTUAL exists from PostgreSQL 18 on. */
    public enum Generated {
        NONE,
        STORED,
        VIRTUAL
    }

    /** {@code pg_attribute.attstorage}. */
    public enum Storage {
        PLAIN,
        EXTERNAL,
        MAIN,
        EXTENDED
    }

    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(defaultExpression, "defaultExpression");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(generated, "generated");
        Objects.requireNonNull(generationExpression, "generationExpression");
        Objects.requireNonNull(collation, "collation");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(statisticsTarget, "statisticsTarget");
        options = List.copyOf(options);
        Objects.requireNonNull(comment, "comment");
        grants = List.copyOf(grants);
        Objects.requireNonNull(ownedSequence, "ownedSequence");
    }

    /** A plain column: no default, no identity, nothing set. For tests and for predicting a catalog. */
    public static Column plain(String name, int attnum, TypeRef type, boolean notNull) {
        return new Column(
                name,
                attnum,
                type,
                notNull,
                Optional.empty(),
                Identity.NONE,
                Generated.NONE,
                Optional.empty(),
                Optional.empty(),
                Storage.PLAIN,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                false);
    }

    /** Whether this column is one that Sluice archived (see {@link #ARCHIVED_PREFIX}). */
    public boolean archivedBySluice() {
        return name.startsWith(ARCHIVED_PREFIX);
    }

    public boolean isGenerated() {
        return generated != Generated.NONE;
    }

    public boolean isIdentity() {
        return identity != Identity.NONE;
    }

    /** The same column with another default expression. */
    public Column withDefault(Optional<String> expression) {
        return new Column(
                name,
                attnum,
                type,
                notNull,
                expression,
                identity,
                generated,
                generationExpression,
                collation,
                storage,
                compression,
                statisticsTarget,
                options,
                comment,
                grants,
                ownedSequence,
                hasMissingValue,
                inherited);
    }
}
