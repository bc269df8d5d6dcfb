package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The forms of common changes that hold no strong lock while they work on the table's rows. Each method returns steps in
 * the order in which they run. {@code undoable} steps carry their undo; steps that are themselves part of an undo must
 * not.
 */
public final class SafeForms {

    private final Draft draft;
    private final Source source;
    private final boolean undoable;

    private SafeForms(Draft draft, Source source, boolean undoable) {
        this.draft = requireNonNull(draft);
        this.source = requireNonNull(source);
        this.undoable = undoable;
    }

    /** Steps of a plan, each with its undo. */
    public static SafeForms of(Draft draft, Source source) {
        return new SafeForms(draft, source, true);
    }

    /** Steps that are part of an undo. */
    public static SafeForms inUndo(Draft draft, Source source) {
        return new SafeForms(draft, source, false);
    }

    /**
     * SET NOT NULL: a CHECK that is validated under a weak lock proves that no row is NULL, so that the ACCESS EXCLUSIVE
     * lock of SET NOT NULL needs no scan (PostgreSQL 12+). The proof must be dropped by a statement after it.
     */
    public List<Step> setNotNull(Table table, String column) {
        return setNotNull(table, column, column);
    }

    /** Like {@link #setNotNull(Table, String)}, as a constraint of this name (PostgreSQL 18). */
    public List<Step> setNotNull(Table table, String column, Optional<String> constraint) {
        return setNotNull(
                table,
                column,
                column,
                constraint
                        .map(name -> notNullConstraint(name, column))
                        .orElseGet(() -> notNullAction(table, column, column)));
    }

    /** Like {@link #setNotNull(Table, String)}; the column has another name in the catalog than in the title. */
    public List<Step> setNotNull(Table table, String column, String titleColumn) {
        return setNotNull(table, column, titleColumn, notNullAction(table, column, titleColumn));
    }

    private List<Step> setNotNull(Table table, String column, String titleColumn, String action) {
        QualifiedName name = table.name();
        String what = name.name() + "." + titleColumn;
        String proof = Identifier.quote(draft.ownName(name.name(), column, "not_null"));
        String alter = "ALTER TABLE " + name.quoted();
        String quoted = Identifier.quote(column);
        String dropProof = alter + " DROP CONSTRAINT IF EXISTS " + proof;
        String nullable = alter + " ALTER COLUMN " + quoted + " DROP NOT NULL";
        List<Step> steps = new ArrayList<>();
        steps.add(brief(
                "not-null-proof " + what,
                "forbid new NULLs in " + what,
                "a NOT VALID check needs no scan; it applies to new writes at once",
                name,
                LockMode.ACCESS_EXCLUSIVE,
                List.of(
                        dropProof,
                        alter + " ADD CONSTRAINT " + proof + " CHECK (" + quoted + " IS NOT NULL) NOT VALID"),
                List.of(dropProof)));
        steps.add(draft.step(source, "not-null-validate " + what, "check that no row has NULL in " + what)
                .because("reads " + rows(table) + " without stopping writers")
                .scans(table)
                .validate(
                        name,
                        draft.ownName(name.name(), column, "not_null"),
                        alter + " VALIDATE CONSTRAINT " + proof,
                        Optional.of(new Probe.NoRows(name, quoted + " IS NULL", keyColumns(table)))));
        steps.add(brief(
                "set-not-null " + what,
                "make " + what + " NOT NULL",
                "the validated check proves it: no scan under the lock",
                name,
                LockMode.ACCESS_EXCLUSIVE,
                List.of(alter + action, dropProof),
                // a stand-in may have been archived under another name
                List.of(
                        column.equals(titleColumn)
                                ? nullable
                                : IfExists.of(IfExists.column(name, column), List.of(nullable)))));
        return steps;
    }

    /** PostgreSQL 18 gives NOT NULL a name, from names that may have changed since: it comes back under the one it had. */
    private static String notNullAction(Table table, String column, String columnBefore) {
        return table.constraints().stream()
                // a stand-in cannot have the name yet that its column still uses
                .filter(c -> column.equals(columnBefore))
                .filter(c -> c.kind() == Constraint.Kind.NOT_NULL && c.columns().equals(List.of(columnBefore)))
                .findFirst()
                .map(c -> notNullConstraint(c.name(), column))
                .orElse(" ALTER COLUMN " + Identifier.quote(column) + " SET NOT NULL");
    }

    private static String notNullConstraint(String name, String column) {
        return " ADD CONSTRAINT " + Identifier.quote(name) + " NOT NULL " + Identifier.quote(column);
    }

    /**
     * ADD CHECK or ADD FOREIGN KEY as NOT VALID, then VALIDATE.
     *
     * @param definition as {@code pg_get_constraintdef} prints it, or as written; with or without NOT VALID
     * @param peer the table a foreign key points to
     * @param violations finds the rows that break it, for the report
     */
    public List<Step> addConstraint(
            Table table,
            String constraint,
            String definition,
            Optional<QualifiedName> peer,
            Optional<Probe> violations) {
        QualifiedName name = table.name();
        String what = constraint + " on " + name.name();
        String alter = "ALTER TABLE " + name.quoted();
        String quoted = Identifier.quote(constraint);
        String bare = withoutNotValid(definition);
        boolean enforced = !isNotEnforced(definition);
        boolean staysNotValid = !bare.equals(definition) || !enforced;
        String drop = alter + " DROP CONSTRAINT IF EXISTS " + quoted;
        LockMode mode = peer.isPresent() ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
        StepSpec undo = draft.step(source, "drop-constraint " + what, "drop constraint " + what)
                .lock(name, LockMode.ACCESS_EXCLUSIVE);
        peer.ifPresent(other -> undo.lock(other, LockMode.ACCESS_EXCLUSIVE));
        StepSpec add = draft.step(source, "add-constraint " + what, "add constraint " + what + " for new writes")
                .because(enforced ? "NOT VALID needs no scan under the lock" : "NOT ENFORCED: no row is looked at")
                .lock(name, mode);
        peer.ifPresent(other -> add.lock(other, mode));
        if (undoable) {
            add.undo(undo.brief(Step.Purpose.DDL, drop));
        }
        List<Step> steps = new ArrayList<>();
        steps.add(add.brief(
                Step.Purpose.DDL, alter + " ADD CONSTRAINT " + quoted + " " + bare + (enforced ? " NOT VALID" : "")));
        if (!staysNotValid) {
            StepSpec validate = draft.step(source, "validate " + what, "check the existing rows against " + what)
                    .because("reads " + rows(table) + " without stopping writers")
                    .scans(table);
            peer.ifPresent(other -> validate.lock(other, LockMode.ROW_SHARE));
            steps.add(validate.validate(name, constraint, alter + " VALIDATE CONSTRAINT " + quoted, violations));
        }
        return steps;
    }

    /** Builds an index as the catalog has it, CONCURRENTLY; on a partitioned table partition by partition. */
    public List<Step> buildIndex(Table table, Index index) {
        List<Step> steps = new ArrayList<>(
                table.kind() == Table.Kind.PARTITIONED
                        ? buildTree(table, index)
                        : List.of(buildIndex(table, index.name(), index.definition(), index.sizeBytes())));
        List<String> said = new IndexMarks(table, index).all();
        if (!said.isEmpty()) {
            StepSpec spec = draft.step(
                            source,
                            "mark-index " + index.name().name(),
                            "give index " + index.name().name() + " its settings and comment back")
                    .because("changes only the catalog");
            if (index.replicaIdentity() || index.clustered()) {
                spec.lock(
                        table.name(),
                        index.replicaIdentity() ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE);
            }
            steps.add(spec.brief(Step.Purpose.DDL, said));
        }
        return steps;
    }

    /** With its constraint, when it has one. */
    private List<Step> buildTree(Table table, Index index) {
        IndexTree tree = new IndexTree(draft.catalog(), table, index);
        List<Step> steps = new ArrayList<>();
        tree.leaves((leaf, part) -> steps.add(buildIndex(leaf, part.name(), part.definition(), part.sizeBytes())));
        boolean key = index.constraintName().isPresent();
        StepSpec join = draft.step(
                        source,
                        "join-index " + index.name().name(),
                        "make " + index.name().name() + " of the partitions' indexes")
                .because("the indexes are there already: only the catalog changes");
        StepSpec drop = draft.step(
                source,
                "drop-index " + index.name().name(),
                "drop index " + index.name().name() + " and its parts");
        for (QualifiedName name : tree.tables()) {
            join.lock(name, key ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE);
            drop.lock(name, LockMode.ACCESS_EXCLUSIVE);
        }
        if (undoable) {
            join.undo(drop.brief(
                    Step.Purpose.DDL,
                    index.constraintName()
                            .map(name -> "ALTER TABLE " + table.name().quoted() + " DROP CONSTRAINT IF EXISTS "
                                    + Identifier.quote(name))
                            .orElse("DROP INDEX IF EXISTS " + index.name().quoted())));
        }
        steps.add(join.brief(Step.Purpose.DDL, tree.joined()));
        return steps;
    }

    /** What follows ADD CONSTRAINT name, for a key whose index is there. */
    static String usingIndex(Constraint key, Index index) {
        String deferral = !key.deferrable() ? "" : key.deferred() ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
        return (key.kind() == Constraint.Kind.PRIMARY_KEY ? "PRIMARY KEY" : "UNIQUE") + " USING INDEX "
                + Identifier.quote(index.name().name()) + deferral;
    }

    /** Builds an index CONCURRENTLY from a CREATE INDEX statement without CONCURRENTLY. */
    public Step buildIndex(Table table, QualifiedName index, String createIndex, long expectedBytes) {
        String what = index.name() + " on " + table.name().name();
        StepSpec spec = draft.step(source, "build-index " + what, "build index " + what)
                .because("CONCURRENTLY: writers go on while " + rows(table) + " are read")
                .scans(table);
        if (undoable) {
            spec.undo(dropIndex(table.name(), index));
        }
        return spec.buildIndex(table.name(), index, concurrently(createIndex));
    }

    /** The same for a materialized view, which nobody writes to. */
    public Step buildIndexOfMatview(QualifiedName matview, QualifiedName index, String createIndex, String why) {
        return draft.step(source, "build-index " + index.name(), "build index " + index.name())
                .because(why)
                .undo(dropIndex(matview, index))
                .buildIndex(matview, index, concurrently(createIndex));
    }

    /** DROP INDEX CONCURRENTLY IF EXISTS, without an undo of its own. */
    public Step dropIndex(QualifiedName table, QualifiedName index) {
        return draft.step(source, "drop-index " + index.name(), "drop index " + index.name())
                .because("CONCURRENTLY: waits for nobody's queries to stop others")
                .lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE)
                .dropIndex(index, "DROP INDEX CONCURRENTLY IF EXISTS " + index.quoted());
    }

    /** A UNIQUE or PRIMARY KEY constraint: its index built CONCURRENTLY, then attached in a short transaction. */
    public List<Step> addKey(Table table, Constraint constraint, Index index) {
        if (constraint.needsItsOwnIndexBuild()) {
            return List.of(addWithIndex(table, constraint));
        }
        QualifiedName name = table.name();
        List<Step> steps = new ArrayList<>(buildIndex(table, index));
        if (table.kind() == Table.Kind.PARTITIONED) {
            return steps;
        }
        String alter = "ALTER TABLE " + name.quoted();
        steps.add(brief(
                "attach-key " + constraint.name() + " on " + name.name(),
                "make index " + index.name().name() + " the constraint " + constraint.name(),
                "the index is there already: only the catalog changes",
                name,
                LockMode.ACCESS_EXCLUSIVE,
                List.of(alter + " ADD CONSTRAINT " + Identifier.quote(constraint.name()) + " "
                        + usingIndex(constraint, index)),
                List.of(alter + " DROP CONSTRAINT IF EXISTS " + Identifier.quote(constraint.name()))));
        return steps;
    }

    /** EXCLUDE, or a key WITHOUT OVERLAPS: nobody reads or writes while the index is built. */
    public Step addWithIndex(Table table, Constraint constraint) {
        String what = constraint.name() + " on " + table.name().name();
        return draft.step(source, "add-constraint " + what, "add constraint " + what)
                .because("PostgreSQL has no form of "
                        + (constraint.kind() == Constraint.Kind.EXCLUSION ? "EXCLUDE" : "WITHOUT OVERLAPS")
                        + " that does not block writers while its index is built over " + rows(table))
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                .scans(table)
                .brief(
                        Step.Purpose.RESTORE,
                        "ALTER TABLE " + table.name().quoted() + " ADD CONSTRAINT "
                                + Identifier.quote(constraint.name()) + " " + constraint.definition());
    }

    /** The comment that goes with a constraint; empty when it has none. */
    public Optional<Step> comment(Table table, Constraint constraint) {
        return constraint
                .comment()
                .map(text -> draft.step(
                                source,
                                "comment-back " + constraint.name(),
                                "comment on constraint " + constraint.name())
                        .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                        .brief(
                                Step.Purpose.DDL,
                                "COMMENT ON CONSTRAINT " + Identifier.quote(constraint.name()) + " ON "
                                        + table.name().quoted() + " IS " + Identifier.literal(text)));
    }

    /** Says that the way back stops readers and writers, when it does. */
    public void tellOfIndexBuild(Table table, Constraint constraint) {
        if (constraint.needsItsOwnIndexBuild()) {
            draft.note(
                    Note.Level.WARNING,
                    source,
                    "on the way back nobody reads or writes " + table.name() + " while the index of "
                            + constraint.name() + " is built over " + rows(table)
                            + ": PostgreSQL cannot build it beside them");
        }
    }

    /** The columns that identify a row: of the primary key, else of a unique index without NULLs; empty without one. */
    public static List<String> keyColumns(Table table) {
        return table.primaryKey()
                .map(Constraint::columns)
                .orElseGet(() -> table.indexes().stream()
                        .filter(i -> i.unique() && i.valid() && i.predicate().isEmpty() && !i.hasExpressionKeys())
                        .map(Index::keyColumns)
                        .filter(columns -> columns.stream()
                                .allMatch(c -> table.column(c)
                                        .map(dev.sluice.catalog.Column::notNull)
                                        .orElse(false)))
                        .findFirst()
                        .orElse(List.of()));
    }

    /** {@code 1,200,000 rows}, or {@code all rows} when the server has not counted them. */
    public static String rows(Table table) {
        long rows = table.stats().estimatedRows();
        return rows < 0 ? "all rows" : String.format(java.util.Locale.ROOT, "%,d rows", rows);
    }

    /** Whether work on all rows under a strong lock takes a few milliseconds: fewer than 10,000 rows and 16 MB. */
    public static boolean isSmall(Table table) {
        return (table.kind() == Table.Kind.ORDINARY || table.kind() == Table.Kind.PARTITIONED)
                && table.stats().estimatedRows() >= 0
                && table.stats().estimatedRows() < 10_000
                && table.stats().bytes() < 16L * 1024 * 1024;
    }

    /** {@code expression::type}, where a length limit is left to the assignment that follows: a cast would cut. */
    public static String converted(String expression, String type) {
        return Derived.converted(expression, type);
    }

    /** CREATE [UNIQUE] INDEX as CREATE [UNIQUE] INDEX CONCURRENTLY. */
    public static String concurrently(String createIndex) {
        for (Tokens.Token token : Tokens.of(createIndex)) {
            if (token.isWord("concurrently")) {
                return createIndex;
            }
            if (token.isWord("index")) {
                return createIndex.substring(0, token.end()) + " CONCURRENTLY" + createIndex.substring(token.end());
            }
        }
        throw new IllegalArgumentException("not a CREATE INDEX: " + createIndex);
    }

    private static String withoutNotValid(String definition) {
        return definition.replaceFirst("(?i)\\s+NOT\\s+VALID\\s*$", "");
    }

    /** PostgreSQL 18: NOT ENFORCED, which is never validated. */
    public static boolean isNotEnforced(String definition) {
        List<Tokens.Token> tokens = Tokens.of(definition);
        return IntStream.range(1, tokens.size())
                .anyMatch(i -> tokens.get(i).depth() == 0
                        && tokens.get(i).isWord("enforced")
                        && tokens.get(i - 1).isWord("not"));
    }

    private Step brief(
            String slug,
            String title,
            String why,
            QualifiedName table,
            LockMode mode,
            List<String> statements,
            List<String> undoStatements) {
        StepSpec spec = draft.step(source, slug, title).because(why).lock(table, mode);
        if (undoable) {
            spec.undo(draft.step(source, slug + " undo", "take back: " + title)
                    .lock(table, mode)
                    .brief(Step.Purpose.DDL, undoStatements));
        }
        return spec.brief(Step.Purpose.DDL, statements);
    }
}
