package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final Way way;
    private final ScriptBefore gone;

    private enum Way {
        FORTH,
        /** The swap is taken back: columns that the script drops are there again. */
        BACK,
        /** A copy takes back what ran as written: it is the first one, and columns that the script drops are there again. */
        BACK_FROM_PLAIN
    }

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
        this(draft, table, source, columns, elsewhere, Way.FORTH, ScriptBefore.end(draft));
    }

    /**
     * Columns of their old types in the place of those that were given others as written.
     *
     * @param gone what of the script is taken back only after this
     */
    static ColumnCopy backFromPlain(
            Draft draft, Table table, Source source, Map<String, Roles> columns, ScriptBefore gone) {
        return new ColumnCopy(draft, table, source, columns, other -> Map.of(), Way.BACK_FROM_PLAIN, gone);
    }

    private ColumnCopy(
            Draft draft,
            Table table,
            Source source,
            Map<String, Roles> columns,
            Function<QualifiedName, Map<String, String>> elsewhere,
            Way way,
            ScriptBefore gone) {
        this.way = requireNonNull(way);
        this.gone = requireNonNull(gone);
        this.elsewhere = requireNonNull(elsewhere);
        this.draft = requireNonNull(draft);
        this.table = requireNonNull(table);
        this.source = requireNonNull(source);
        this.columns = new LinkedHashMap<>(columns);
        this.alter = "ALTER TABLE " + table.name().quoted();
        this.definitions = new CopiedDefinitions(standIns());
        this.tied = new TiedKeys(draft, table, standIns(), elsewhere, way == Way.BACK);
    }

    Roles roles(String column) {
        return requireNonNull(columns.get(column));
    }

    /** The other way round: what was put aside comes back. */
    ColumnCopy reversed() {
        Map<String, Roles> turned = new LinkedHashMap<>();
        columns.forEach((column, roles) ->
                turned.put(column, new Roles(roles.aside, roles.standIn, roles.after, roles.before)));
        return new ColumnCopy(draft, table, source, turned, elsewhere, Way.BACK, gone);
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
        for (Index index : indexes()) {
            QualifiedName copy = index.name().withName(copyName(index.name().name()));
            steps.add(safe.buildIndex(
                    table, copy, definitions.renamedIndex(index.definition(), copy.name()), index.sizeBytes()));
        }
        for (Constraint check : constraints(Constraint.Kind.CHECK)) {
            steps.addAll(safe.addConstraint(
                    table,
                    copyName(check.name()),
                    definitions.rewrite(check.definition()),
                    Optional.empty(),
                    Optional.empty()));
        }
        for (Constraint key : constraints(Constraint.Kind.FOREIGN_KEY)) {
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
        for (Catalog.IncomingForeignKey incoming : incoming()) {
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
        for (Constraint key : constraints(Constraint.Kind.FOREIGN_KEY)) {
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

    /** The keys between stand-ins that this swap exchanges: the first swap of the two tables does it for both. */
    private List<Catalog.IncomingForeignKey> exchanged() {
        if (way == Way.BACK) {
            return List.of();
        }
        List<Catalog.IncomingForeignKey> keys = new ArrayList<>();
        constraints(Constraint.Kind.FOREIGN_KEY).stream()
                .filter(key -> tied.isBetweenStandIns(table, key))
                .filter(key ->
                        tied.isSwappedBefore(key.foreignKey().orElseThrow().table()))
                .forEach(key -> keys.add(new Catalog.IncomingForeignKey(table, key)));
        draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(i -> !i.table().name().equals(table.name()))
                .filter(i -> tied.isBetweenStandIns(i.table(), i.constraint()))
                .filter(i -> tied.isSwappedBefore(i.table().name()))
                .forEach(keys::add);
        return keys;
    }

    /** Tables that the swap locks besides the table itself. */
    Set<QualifiedName> peers() {
        Set<QualifiedName> peers = new LinkedHashSet<>();
        incoming().forEach(i -> peers.add(i.table().name()));
        constraints(Constraint.Kind.FOREIGN_KEY)
                .forEach(key -> peers.add(key.foreignKey().orElseThrow().table()));
        exchanged().forEach(i -> peers.add(i.table().name()));
        leftToOthers().forEach(i -> peers.add(i.table().name()));
        peers.remove(table.name());
        return peers;
    }

    /** Catalog-only statements of one transaction, after which the stand-ins are the columns. */
    List<String> swap() {
        List<String> statements = new ArrayList<>();
        for (Catalog.IncomingForeignKey incoming : incoming()) {
            statements.add("ALTER TABLE " + incoming.table().name().quoted() + dropConstraint()
                    + Identifier.quote(incoming.constraint().name()));
        }
        for (Catalog.IncomingForeignKey key : leftToOthers()) {
            statements.add("ALTER TABLE " + key.table().name().quoted() + dropConstraint()
                    + Identifier.quote(key.constraint().name()));
        }
        for (Catalog.IncomingForeignKey key : exchanged()) {
            String from = "ALTER TABLE " + key.table().name().quoted();
            statements.add(from + " DROP CONSTRAINT "
                    + Identifier.quote(key.constraint().name()));
            statements.add(from + " RENAME CONSTRAINT "
                    + Identifier.quote(draft.ownName(
                            key.table().name().name(), key.constraint().name()))
                    + " TO " + Identifier.quote(key.constraint().name()));
            commentOn(key.table(), key.constraint(), statements);
        }
        List<Constraint> keys = new ArrayList<>(constraints(Constraint.Kind.PRIMARY_KEY));
        keys.addAll(constraints(Constraint.Kind.UNIQUE));
        for (Constraint.Kind kind : List.of(
                Constraint.Kind.FOREIGN_KEY,
                Constraint.Kind.CHECK,
                Constraint.Kind.UNIQUE,
                Constraint.Kind.PRIMARY_KEY)) {
            constraints(kind).stream()
                    .filter(c -> kind != Constraint.Kind.FOREIGN_KEY || !tied.isLeftToOther(table, c))
                    .forEach(c -> statements.add(alter + dropConstraint() + Identifier.quote(c.name())));
        }
        indexes().stream()
                .filter(i -> i.constraintName().isEmpty())
                .forEach(i -> statements.add("DROP INDEX " + i.name().quoted()));
        StatisticsSql.of(draft, table, columns.keySet())
                .forEach(s ->
                        statements.add("DROP STATISTICS IF EXISTS " + s.name().quoted()));
        columns.forEach((column, roles) -> statements.addAll(
                new ColumnExchange(draft, table, table.column(column).orElseThrow(), roles).statements()));
        StatisticsSql.of(draft, table, columns.keySet()).stream()
                .filter(s -> !goesWithAColumn(s))
                .forEach(s -> statements.addAll(StatisticsSql.create(s)));
        for (Constraint key : keys) {
            statements.add(alter + " ADD CONSTRAINT " + Identifier.quote(key.name())
                    + (key.kind() == Constraint.Kind.PRIMARY_KEY ? " PRIMARY KEY" : " UNIQUE") + " USING INDEX "
                    + Identifier.quote(copyName(key.indexName().orElseThrow())) + deferral(key));
        }
        for (Index index : indexes()) {
            if (index.constraintName().isEmpty()) {
                statements.add("ALTER INDEX "
                        + index.name().withName(copyName(index.name().name())).quoted() + " RENAME TO "
                        + Identifier.quote(index.name().name()));
            }
            index.comment()
                    .filter(c -> index.constraintName().isEmpty())
                    .ifPresent(c -> statements.add(
                            "COMMENT ON INDEX " + index.name().quoted() + " IS " + Identifier.literal(c)));
            if (index.replicaIdentity()) {
                statements.add(alter + " REPLICA IDENTITY USING INDEX "
                        + Identifier.quote(index.name().name()));
            }
        }
        for (Constraint.Kind kind : List.of(Constraint.Kind.CHECK, Constraint.Kind.FOREIGN_KEY)) {
            constraints(kind).stream()
                    .filter(c -> kind != Constraint.Kind.FOREIGN_KEY || !tied.isLeftToOther(table, c))
                    .forEach(c -> statements.add(alter + " RENAME CONSTRAINT " + Identifier.quote(copyName(c.name()))
                            + " TO " + Identifier.quote(c.name())));
        }
        for (Catalog.IncomingForeignKey incoming : incoming()) {
            statements.add("ALTER TABLE " + incoming.table().name().quoted() + " RENAME CONSTRAINT "
                    + Identifier.quote(copyName(incoming.constraint().name())) + " TO "
                    + Identifier.quote(incoming.constraint().name()));
            commentOn(incoming.table(), incoming.constraint(), statements);
        }
        table.constraints().stream()
                .filter(c -> columns.keySet().stream().anyMatch(c.columns()::contains))
                .filter(c -> c.kind() != Constraint.Kind.NOT_NULL && !goesWithAColumn(c.columns()))
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

    private List<Constraint> constraints(Constraint.Kind kind) {
        return table.constraints().stream()
                .filter(c -> c.kind() == kind && !goesWithAColumn(c.columns()))
                .filter(c -> c.columns().stream().anyMatch(columns::containsKey)
                        || kind == Constraint.Kind.FOREIGN_KEY
                                && c.foreignKey().orElseThrow().table().equals(table.name())
                                && c.foreignKey().orElseThrow().columns().stream()
                                        .anyMatch(columns::containsKey))
                .toList();
    }

    /** What goes with a column that the script drops is rebuilt with that column, before this comes back. */
    private boolean goesWithAColumn(List<String> ofColumns) {
        return way == Way.FORTH && ofColumns.stream().anyMatch(draft.droppedByScript(table.name())::contains);
    }

    private boolean goesWithAColumn(ExtendedStatistics statistics) {
        return way == Way.FORTH
                && StatisticsSql.of(draft, table, draft.droppedByScript(table.name()))
                        .contains(statistics);
    }

    private List<Catalog.IncomingForeignKey> incoming() {
        return draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(i -> !i.table().name().equals(table.name()))
                .filter(i -> i.constraint().foreignKey().orElseThrow().columns().stream()
                        .anyMatch(columns::containsKey))
                .filter(i -> !tied.isLeftToOther(i.table(), i.constraint()))
                .filter(i -> !goesBefore(i))
                .toList();
    }

    /** Tables that give up a key to this one's columns, but only after this swap; empty when all is in order. */
    List<QualifiedName> referringTooLong() {
        return draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(i -> i.constraint().foreignKey().orElseThrow().columns().stream()
                        .anyMatch(columns::containsKey))
                .filter(this::losesAColumn)
                .map(i -> i.table().name())
                .filter(tied::isSwappedBefore)
                .toList();
    }

    private boolean losesAColumn(Catalog.IncomingForeignKey incoming) {
        return draft.findTable(incoming.table().name())
                .filter(changes -> changes.dropped().keySet().stream()
                        .anyMatch(incoming.constraint().columns()::contains))
                .isPresent();
    }

    /**
     * A table that the script drops, or of which it drops a column of the key, gives up the key before this swap, and gets it
     * back after this one's way back.
     */
    private boolean goesBefore(Catalog.IncomingForeignKey incoming) {
        return gone.dropsTable(incoming.table().name().name()) || way != Way.BACK_FROM_PLAIN && losesAColumn(incoming);
    }

    /** On the way back: keys that go now, because this end changes, and come back with the other end. */
    private List<Catalog.IncomingForeignKey> leftToOthers() {
        if (way != Way.BACK) {
            return List.of();
        }
        return Stream.concat(
                        constraints(Constraint.Kind.FOREIGN_KEY).stream()
                                .map(key -> new Catalog.IncomingForeignKey(table, key)),
                        draft.catalog().foreignKeysTo(table.name()).stream()
                                .filter(i -> i.constraint().foreignKey().orElseThrow().columns().stream()
                                        .anyMatch(columns::containsKey)))
                .filter(i -> tied.isLeftToOther(i.table(), i.constraint()))
                .toList();
    }

    /** On the way back a key may have gone with its other end. */
    private String dropConstraint() {
        return way == Way.BACK ? " DROP CONSTRAINT IF EXISTS " : " DROP CONSTRAINT ";
    }

    /** Indexes that use any of the columns, those of keys included. */
    private List<Index> indexes() {
        return table.indexes().stream()
                .filter(i -> way != Way.FORTH
                        || draft.droppedByScript(table.name()).stream()
                                .noneMatch(c -> draft.catalog().uses(table, i, c)))
                .filter(i ->
                        columns.keySet().stream().anyMatch(c -> draft.catalog().uses(table, i, c)))
                .toList();
    }

    /** The lock that the swap takes on every table it touches. */
    StepSpec locked(StepSpec spec) {
        spec.lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
        peers().forEach(peer -> spec.lock(peer, LockMode.ACCESS_EXCLUSIVE));
        return spec;
    }
}
