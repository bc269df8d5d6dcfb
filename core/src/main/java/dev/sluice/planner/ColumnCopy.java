package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts other columns in the place of some columns of a table, faithfully: indexes, keys, checks, foreign keys of both
 * directions, defaults, identity, sequence ownership, comments, grants, statistics. What takes long is prepared beside the
 * old columns; names change hands in one short transaction. The same class goes forth and, with the roles reversed, back.
 */
final class ColumnCopy {

    private final Draft draft;
    private final Table table;
    private final Source source;
    private final Map<String, Roles> columns;
    private final String alter;
    private final CopiedDefinitions definitions;
    private final Function<QualifiedName, Map<String, String>> elsewhere;
    private final TiedKeys tied;
    private final CopyScope scope;

    /**
     * @param standIn the column that takes the place
     * @param aside the name of the one that made room, afterwards
     * @param before the default of the one that makes room
     * @param after the default that the stand-in gets
     */
    record Roles(String standIn, String aside, Optional<String> before, Optional<String> after) {}

    /** @param elsewhere columns of another table whose place stand-ins take in the same contract phase */
    ColumnCopy(
            Draft draft,
            Table table,
            Source source,
            Map<String, Roles> columns,
            Function<QualifiedName, Map<String, String>> elsewhere) {
        this(draft, table, source, columns, elsewhere, CopyScope.Way.FORTH, ScriptBefore.end(draft));
    }

    /**
     * Columns of their old types in the place of those that were given others as written.
     *
     * @param gone what of the script is taken back only after this
     */
    static ColumnCopy backFromPlain(
            Draft draft, Table table, Source source, Map<String, Roles> columns, ScriptBefore gone) {
        return new ColumnCopy(draft, table, source, columns, other -> Map.of(), CopyScope.Way.BACK_FROM_PLAIN, gone);
    }

    private ColumnCopy(
            Draft draft,
            Table table,
            Source source,
            Map<String, Roles> columns,
            Function<QualifiedName, Map<String, String>> elsewhere,
            CopyScope.Way way,
            ScriptBefore gone) {
        this.elsewhere = requireNonNull(elsewhere);
        this.draft = requireNonNull(draft);
        this.table = requireNonNull(table);
        this.source = requireNonNull(source);
        this.columns = new LinkedHashMap<>(columns);
        this.alter = "ALTER TABLE " + table.name().quoted();
        this.definitions = new CopiedDefinitions(standIns());
        this.tied = new TiedKeys(draft, table, standIns(), elsewhere, way == CopyScope.Way.BACK);
        this.scope = new CopyScope(draft, table, columns.keySet(), tied, way, gone);
    }

    CopyScope scope() {
        return scope;
    }

    Roles roles(String column) {
        return requireNonNull(columns.get(column));
    }

    /** The other way round: what was put aside comes back. */
    ColumnCopy reversed() {
        Map<String, Roles> turned = new LinkedHashMap<>();
        columns.forEach((column, roles) ->
                turned.put(column, new Roles(roles.aside, roles.standIn, roles.after, roles.before)));
        return new ColumnCopy(draft, table, source, turned, elsewhere, CopyScope.Way.BACK, scope.gone());
    }

    /** Long work beside the old columns; restricts nobody who could not break the old columns' own rules. */
    List<Step> prepare(boolean undoable) {
        SafeForms safe = undoable ? SafeForms.of(draft, source) : SafeForms.inUndo(draft, source);
        List<Step> steps = new ArrayList<>();
        columns.forEach((column, roles) -> {
            if (table.column(column).orElseThrow().notNull()) {
                steps.addAll(safe.setNotNull(table, roles.standIn, column));
            }
        });
        for (Index index : scope.indexes()) {
            QualifiedName copy = index.name().withName(copyName(index.name().name()));
            steps.add(safe.buildIndex(
                    table, copy, definitions.renamedIndex(index.definition(), copy.name()), index.sizeBytes()));
        }
        for (Constraint check : scope.constraints(Constraint.Kind.CHECK)) {
            steps.addAll(safe.addConstraint(
                    table,
                    copyName(check.name()),
                    definitions.rewrite(check.definition()),
                    Optional.empty(),
                    Optional.empty()));
        }
        for (Constraint key : scope.constraints(Constraint.Kind.FOREIGN_KEY)) {
            if (tied.isLeftToOther(table, key)) {
                continue;
            }
            Constraint.ForeignKey target = key.foreignKey().orElseThrow();
            boolean self = target.table().equals(table.name());
            steps.addAll(safe.addConstraint(
                    table,
                    copyName(key.name()),
                    CopiedDefinitions.foreignKey(
                            key,
                            definitions.mapped(key.columns()),
                            self
                                    ? definitions.mapped(target.columns())
                                    : tied.called(target.table(), target.columns())),
                    self ? Optional.empty() : Optional.of(target.table()),
                    Optional.empty()));
        }
        for (Catalog.IncomingForeignKey incoming : scope.incoming()) {
            Constraint key = incoming.constraint();
            steps.addAll(safe.addConstraint(
                    incoming.table(),
                    copyName(key.name()),
                    CopiedDefinitions.foreignKey(
                            key,
                            tied.called(incoming.table().name(), key.columns()),
                            definitions.mapped(key.foreignKey().orElseThrow().columns())),
                    Optional.of(table.name()),
                    Optional.empty()));
        }
        return steps;
    }

    /** Foreign keys whose columns change on both sides: from stand-ins to stand-ins, once these have their indexes. */
    List<Step> prepareBetweenStandIns() {
        List<Step> steps = new ArrayList<>();
        for (Constraint key : scope.constraints(Constraint.Kind.FOREIGN_KEY)) {
            if (tied.isBetweenStandIns(table, key)) {
                Constraint.ForeignKey target = key.foreignKey().orElseThrow();
                CopiedDefinitions there = new CopiedDefinitions(elsewhere.apply(target.table()));
                steps.addAll(SafeForms.of(draft, source)
                        .addConstraint(
                                table,
                                copyName(key.name()),
                                CopiedDefinitions.foreignKey(
                                        key, definitions.mapped(key.columns()), there.mapped(target.columns())),
                                Optional.of(target.table()),
                                Optional.empty()));
            }
        }
        return steps;
    }

    private Map<String, String> standIns() {
        return columns.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().standIn));
    }

    /** Catalog-only statements of one transaction, after which the stand-ins are the columns. */
    List<String> swap() {
        List<String> statements = new ArrayList<>();
        for (Catalog.IncomingForeignKey incoming : scope.incoming()) {
            statements.add("ALTER TABLE " + incoming.table().name().quoted() + dropConstraint()
                    + Identifier.quote(incoming.constraint().name()));
        }
        for (Catalog.IncomingForeignKey key : scope.leftToOthers()) {
            statements.add("ALTER TABLE " + key.table().name().quoted() + dropConstraint()
                    + Identifier.quote(key.constraint().name()));
        }
        for (Catalog.IncomingForeignKey key : scope.exchanged()) {
            String from = "ALTER TABLE " + key.table().name().quoted();
            statements.add(from + " DROP CONSTRAINT "
                    + Identifier.quote(key.constraint().name()));
            statements.add(from + " RENAME CONSTRAINT "
                    + Identifier.quote(draft.ownName(
                            key.table().name().name(), key.constraint().name()))
                    + " TO " + Identifier.quote(key.constraint().name()));
            commentOn(key.table(), key.constraint(), statements);
        }
        List<Constraint> keys = new ArrayList<>(scope.constraints(Constraint.Kind.PRIMARY_KEY));
        keys.addAll(scope.constraints(Constraint.Kind.UNIQUE));
        for (Constraint.Kind kind : List.of(
                Constraint.Kind.FOREIGN_KEY,
                Constraint.Kind.CHECK,
                Constraint.Kind.UNIQUE,
                Constraint.Kind.PRIMARY_KEY)) {
            scope.constraints(kind).stream()
                    .filter(c -> kind != Constraint.Kind.FOREIGN_KEY || !tied.isLeftToOther(table, c))
                    .forEach(c -> statements.add(alter + dropConstraint() + Identifier.quote(c.name())));
        }
        scope.indexes().stream()
                .filter(i -> i.constraintName().isEmpty())
                .forEach(i -> statements.add("DROP INDEX " + i.name().quoted()));
        StatisticsSql.of(draft, table, columns.keySet())
                .forEach(s ->
                        statements.add("DROP STATISTICS IF EXISTS " + s.name().quoted()));
        columns.forEach((column, roles) -> statements.addAll(
                new ColumnExchange(draft, table, table.column(column).orElseThrow(), roles).statements()));
        StatisticsSql.of(draft, table, columns.keySet()).stream()
                .filter(s -> !scope.goesWithAColumn(s))
                .forEach(s -> statements.addAll(StatisticsSql.create(s)));
        for (Constraint key : keys) {
            statements.add(alter + " ADD CONSTRAINT " + Identifier.quote(key.name())
                    + (key.kind() == Constraint.Kind.PRIMARY_KEY ? " PRIMARY KEY" : " UNIQUE") + " USING INDEX "
                    + Identifier.quote(copyName(key.indexName().orElseThrow())) + deferral(key));
        }
        for (Index index : scope.indexes()) {
            if (index.constraintName().isEmpty()) {
                statements.add("ALTER INDEX "
                        + index.name().withName(copyName(index.name().name())).quoted() + " RENAME TO "
                        + Identifier.quote(index.name().name()));
            }
            IndexMarks marks = new IndexMarks(table, index);
            statements.addAll(scope.way() == CopyScope.Way.FORTH ? marks.kept() : marks.all());
        }
        for (Constraint.Kind kind : List.of(Constraint.Kind.CHECK, Constraint.Kind.FOREIGN_KEY)) {
            scope.constraints(kind).stream()
                    .filter(c -> kind != Constraint.Kind.FOREIGN_KEY || !tied.isLeftToOther(table, c))
                    .forEach(c -> statements.add(alter + " RENAME CONSTRAINT " + Identifier.quote(copyName(c.name()))
                            + " TO " + Identifier.quote(c.name())));
        }
        for (Catalog.IncomingForeignKey incoming : scope.incoming()) {
            statements.add("ALTER TABLE " + incoming.table().name().quoted() + " RENAME CONSTRAINT "
                    + Identifier.quote(copyName(incoming.constraint().name())) + " TO "
                    + Identifier.quote(incoming.constraint().name()));
            commentOn(incoming.table(), incoming.constraint(), statements);
        }
        table.constraints().stream()
                .filter(c -> columns.keySet().stream().anyMatch(c.columns()::contains))
                .filter(c -> c.kind() != Constraint.Kind.NOT_NULL && !scope.goesWithAColumn(c.columns()))
                .forEach(c -> commentOn(table, c, statements));
        return statements;
    }

    private static void commentOn(Table table, Constraint constraint, List<String> statements) {
        constraint
                .comment()
                .ifPresent(comment -> statements.add("COMMENT ON CONSTRAINT " + Identifier.quote(constraint.name())
                        + " ON " + table.name().quoted() + " IS " + Identifier.literal(comment)));
    }

    private static String deferral(Constraint key) {
        return !key.deferrable() ? "" : key.deferred() ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
    }

    private String copyName(String name) {
        return draft.ownName(table.name().name(), name);
    }

    /** On the way back a key may have gone with its other end. */
    private String dropConstraint() {
        return scope.way() == CopyScope.Way.BACK ? " DROP CONSTRAINT IF EXISTS " : " DROP CONSTRAINT ";
    }

    /** The lock that the swap takes on every table it touches. */
    StepSpec locked(StepSpec spec) {
        spec.lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
        scope.peers().forEach(peer -> spec.lock(peer, LockMode.ACCESS_EXCLUSIVE));
        return spec;
    }
}
