package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Sequence;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column that contract takes out of sight instead of dropping it: renamed, and stripped of everything that would burden
 * writers who do not know it. What it is stripped of is what DROP COLUMN would drop with it, and is rebuilt when the
 * column comes back.
 */
record ArchivedColumn(Draft draft, Table table, Column before, Change change, String archivedName) {

    private static final Set<ObjectRef.Kind> DROPPED_WITH_IT = Set.of(
            ObjectRef.Kind.INDEX,
            ObjectRef.Kind.CONSTRAINT,
            ObjectRef.Kind.DEFAULT,
            ObjectRef.Kind.SEQUENCE,
            ObjectRef.Kind.STATISTICS);

    ArchivedColumn {
        requireNonNull(draft);
        requireNonNull(table);
        requireNonNull(before);
        requireNonNull(change);
        requireNonNull(archivedName);
    }

    static ArchivedColumn of(Draft draft, Table table, String column, Change change) {
        Column before = table.column(column).orElseThrow();
        ScriptBefore script = ScriptBefore.of(draft, change);
        for (Dependency dependency : draft.catalog().dependentsOf(ObjectRef.column(table.name(), column))) {
            ObjectRef dependent = dependency.dependent();
            if (script.drops(dependent)) {
                continue;
            }
            boolean ownKey = dependent.kind() == ObjectRef.Kind.CONSTRAINT
                    && dependent.name().equals(table.name())
                    && (change.command().text("behavior").equals("DROP_CASCADE")
                            || table.constraint(dependent.part())
                                    .filter(c -> c.columns().contains(column))
                                    .isPresent());
            boolean generated = dependent.kind() == ObjectRef.Kind.DEFAULT
                    && !dependent.part().equals(column);
            if (!DROPPED_WITH_IT.contains(dependent.kind())
                    || generated
                    || dependent.kind() == ObjectRef.Kind.CONSTRAINT && !ownKey) {
                boolean cascade = change.command().text("behavior").equals("DROP_CASCADE");
                String what =
                        generated ? "generated column " + Identifier.quote(dependent.part()) : dependent.toString();
                throw draft.refuse(
                        change,
                        "drop-column-dependent-object",
                        what + " depends on column " + table.name() + "." + Identifier.quote(column)
                                + (cascade ? ": CASCADE would drop it, too" : ": DROP COLUMN fails in a plain run too"),
                        "Drop or change " + what + " earlier in the script, in a statement of its own.");
            }
        }
        ArchivedColumn archived = new ArchivedColumn(draft, table, before, change, draft.archivedName(table, column));
        archived.requireNoExclusionAside(script);
        return archived;
    }

    /** DROP COLUMN takes an EXCLUDE with it that has the column for a key, and stops at one that uses it otherwise. */
    private void requireNoExclusionAside(ScriptBefore script) {
        boolean cascade = change.command().text("behavior").equals("DROP_CASCADE");
        table.constraints().stream()
                .filter(c -> !cascade
                        && excludesBy(c, column())
                        && !c.columns().contains(column())
                        && !script.drops(c.name()))
                .findFirst()
                .ifPresent(exclusion -> {
                    throw draft.refuse(
                            change,
                            "drop-column-dependent-object",
                            "constraint " + exclusion.name() + " depends on column " + table.name() + "."
                                    + Identifier.quote(column()) + ": DROP COLUMN fails in a plain run too",
                            "Drop the constraint earlier in the script, in a statement of its own.");
                });
    }

    String column() {
        return before.name();
    }

    /** Tables that are locked too, because a foreign key to them goes. */
    List<QualifiedName> peers() {
        return constraints().stream()
                .flatMap(c -> c.foreignKey().stream())
                .map(Constraint.ForeignKey::table)
                .filter(peer -> !peer.equals(table.name()))
                .distinct()
                .toList();
    }

    List<String> archive() {
        String alter = "ALTER TABLE " + table.name().quoted();
        String archived = Identifier.quote(archivedName);
        List<String> statements = new ArrayList<>();
        inOrderOfRemoval()
                .forEach(c -> statements.add(alter + " DROP CONSTRAINT IF EXISTS " + Identifier.quote(c.name())));
        statistics()
                .forEach(s ->
                        statements.add("DROP STATISTICS IF EXISTS " + s.name().quoted()));
        indexes().forEach(i -> statements.add("DROP INDEX IF EXISTS " + i.name().quoted()));
        if (before.isIdentity()) {
            statements.add(alter + " ALTER COLUMN " + Identifier.quote(column()) + " DROP IDENTITY IF EXISTS");
        }
        statements.add(alter + " RENAME COLUMN " + Identifier.quote(column()) + " TO " + archived);
        if (before.notNull()) {
            statements.add(alter + " ALTER COLUMN " + archived + " DROP NOT NULL");
        }
        if (before.defaultExpression().isPresent()) {
            statements.add(alter + " ALTER COLUMN " + archived + " DROP DEFAULT");
        }
        serial().ifPresent(sequence -> statements.add("ALTER SEQUENCE " + sequence.quoted() + " RENAME TO "
                + Identifier.quote(archivedSequence(sequence).name())));
        return statements;
    }

    /** Gives the column its name and default back, in a short transaction. */
    List<String> restore() {
        String alter = "ALTER TABLE " + table.name().quoted();
        String quoted = Identifier.quote(column());
        List<String> statements = new ArrayList<>();
        statements.add(alter + " RENAME COLUMN " + Identifier.quote(archivedName) + " TO " + quoted);
        serial().ifPresent(sequence -> statements.add("ALTER SEQUENCE "
                + archivedSequence(sequence).quoted() + " RENAME TO " + Identifier.quote(sequence.name())));
        before.defaultExpression()
                .ifPresent(d -> statements.add(alter + " ALTER COLUMN " + quoted + " SET DEFAULT " + d));
        return statements;
    }

    /** The sequence that would go with the column; that of an identity goes with the identity. */
    private Optional<QualifiedName> serial() {
        return before.ownedSequence().filter(sequence -> !before.isIdentity());
    }

    private QualifiedName archivedSequence(QualifiedName sequence) {
        return sequence.withName(draft.ownName(table.name().name(), sequence.name()));
    }

    /** An identity needs NOT NULL; it goes on after the highest number there is. */
    private Optional<Step> identity() {
        if (!before.isIdentity()) {
            return Optional.empty();
        }
        Sequence sequence =
                before.ownedSequence().flatMap(draft.catalog()::sequence).orElseThrow();
        String what = table.name().name() + "." + column();
        return Optional.of(draft.step(change, "identity-back " + what, "give " + what + " its identity back")
                .because("changes only the catalog; reads the highest number")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                .brief(
                        Step.Purpose.RESTORE,
                        Identities.add(
                                table,
                                before,
                                sequence,
                                before.identity() == Column.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT")));
    }

    /**
     * Rebuilds what the columns of a table were stripped of, without stopping writers. What several of them share is made once,
     * when all of them are as they were.
     */
    static List<Step> rebuild(List<ArchivedColumn> columns) {
        List<Step> steps = new ArrayList<>();
        columns.forEach(column -> steps.addAll(column.properties()));
        Set<String> made = new HashSet<>();
        for (ArchivedColumn column : columns) {
            column.indexes().stream()
                    .filter(index -> made.add("index " + index.name()))
                    .forEach(index -> steps.addAll(column.safe().buildIndex(column.table, index)));
            column.statistics().stream()
                    .filter(statistics -> made.add("statistics " + statistics.name()))
                    .forEach(statistics -> steps.add(column.build(statistics)));
        }
        for (boolean foreign : List.of(false, true)) {
            for (ArchivedColumn column : columns) {
                column.constraints().stream()
                        .filter(c -> foreign == (c.kind() == Constraint.Kind.FOREIGN_KEY))
                        .filter(c -> made.add("constraint " + c.name()))
                        .forEach(c -> {
                            column.safe().tellOfIndexBuild(column.table, c);
                            steps.addAll(column.add(c));
                            column.safe().comment(column.table, c).ifPresent(steps::add);
                        });
            }
        }
        return steps;
    }

    private SafeForms safe() {
        return SafeForms.inUndo(draft, change.source());
    }

    private List<Step> properties() {
        List<Step> steps = new ArrayList<>();
        if (before.notNull()) {
            steps.addAll(safe().setNotNull(table, column()));
        }
        identity().ifPresent(steps::add);
        return steps;
    }

    private Step build(ExtendedStatistics statistics) {
        String name = statistics.name().name();
        return draft.step(change, "statistics " + name, "make statistics " + name)
                .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                .brief(Step.Purpose.RESTORE, StatisticsSql.create(statistics));
    }

    private List<Step> add(Constraint constraint) {
        return switch (constraint.kind()) {
            case PRIMARY_KEY, UNIQUE ->
                safe().addKey(
                                table,
                                constraint,
                                constraint.indexName().flatMap(table::index).orElseThrow());
            case CHECK, FOREIGN_KEY ->
                safe().addConstraint(
                                table,
                                constraint.name(),
                                constraint.definition(),
                                constraint.foreignKey().map(Constraint.ForeignKey::table),
                                Optional.empty());
            case EXCLUSION -> List.of(safe().addWithIndex(table, constraint));
            case NOT_NULL -> List.of();
        };
    }

    /** Constraints that name the column, without those that the script drops itself; NOT NULL ones go with the column's own flag. */
    private List<Constraint> constraints() {
        List<String> dropped = ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("AT_DropConstraint"))
                .filter(c -> draft.findTable(c.relation())
                        .filter(t -> t.name().equals(table.name()))
                        .isPresent())
                .map(c -> c.command().text("name"))
                .toList();
        return table.constraints().stream()
                .filter(c -> c.columns().contains(column()) || refersTo(c, column()) || excludesBy(c, column()))
                .filter(c -> c.kind() != Constraint.Kind.NOT_NULL && !dropped.contains(c.name()))
                .toList();
    }

    /** Whether this is a foreign key of the table to itself that needs the column. */
    private boolean refersTo(Constraint constraint, String column) {
        return constraint
                .foreignKey()
                .filter(key -> key.table().equals(table.name()) && key.columns().contains(column))
                .isPresent();
    }

    /** Whether this is an EXCLUDE whose expressions or condition use the column. */
    private boolean excludesBy(Constraint constraint, String column) {
        return constraint.kind() == Constraint.Kind.EXCLUSION
                && constraint
                        .indexName()
                        .flatMap(table::index)
                        .filter(index -> draft.catalog().uses(table, index, column))
                        .isPresent();
    }

    /** As {@link #constraints}, foreign keys before the keys that they may refer to. */
    private List<Constraint> inOrderOfRemoval() {
        return constraints().stream()
                .sorted(Comparator.comparing(c -> c.kind() != Constraint.Kind.FOREIGN_KEY))
                .toList();
    }

    private List<ExtendedStatistics> statistics() {
        return StatisticsSql.of(draft, table, List.of(column()));
    }

    /** Indexes that use the column and do not implement a constraint. */
    private List<Index> indexes() {
        return table.indexes().stream()
                .filter(i -> i.constraintName().isEmpty())
                .filter(i -> draft.catalog().uses(table, i, column()))
                .toList();
    }
}
