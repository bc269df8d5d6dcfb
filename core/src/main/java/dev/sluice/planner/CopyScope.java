package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What has to change hands when other columns take the place of some of a table: keys, indexes and constraints over them, those of
 * other tables included, without what goes with columns and tables that the script drops. Pure.
 *
 * @param columns those that make room
 * @param gone what of the script is in effect all the while
 */
record CopyScope(Draft draft, Table table, Set<String> columns, TiedKeys tied, Way way, ScriptBefore gone) {

    CopyScope {
        requireNonNull(draft);
        requireNonNull(table);
        columns = Set.copyOf(columns);
        requireNonNull(tied);
        requireNonNull(way);
        requireNonNull(gone);
    }

    enum Way {
        FORTH,
        /** The swap is taken back: columns that the script drops are there again. */
        BACK,
        /** A copy takes back what ran as written: it is the first one, and columns that the script drops are there again. */
        BACK_FROM_PLAIN
    }

    List<Constraint> constraints(Constraint.Kind kind) {
        return table.constraints().stream()
                .filter(c -> c.kind() == kind && !goesWithAColumn(c.columns()))
                .filter(c -> c.columns().stream().anyMatch(columns::contains)
                        || kind == Constraint.Kind.FOREIGN_KEY
                                && c.foreignKey().orElseThrow().table().equals(table.name())
                                && c.foreignKey().orElseThrow().columns().stream()
                                        .anyMatch(columns::contains))
                .toList();
    }

    /** What goes with a column that the script drops is rebuilt with that column, before this comes back. */
    boolean goesWithAColumn(List<String> ofColumns) {
        return way == Way.FORTH && ofColumns.stream().anyMatch(draft.droppedByScript(table.name())::contains);
    }

    boolean goesWithAColumn(ExtendedStatistics statistics) {
        return way == Way.FORTH
                && StatisticsSql.of(draft, table, draft.droppedByScript(table.name()))
                        .contains(statistics);
    }

    List<Catalog.IncomingForeignKey> incoming() {
        return draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(i -> !i.table().name().equals(table.name()))
                .filter(i -> i.constraint().foreignKey().orElseThrow().columns().stream()
                        .anyMatch(columns::contains))
                .filter(i -> !tied.isLeftToOther(i.table(), i.constraint()))
                .filter(i -> !goesBefore(i))
                .toList();
    }

    /** Tables that give up a key to this one's columns, but only with or after this swap; empty when all is in order. */
    List<QualifiedName> referringTooLong() {
        return draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(i -> i.constraint().foreignKey().orElseThrow().columns().stream()
                        .anyMatch(columns::contains))
                .filter(this::losesAColumn)
                .map(i -> i.table().name())
                .filter(name -> name.equals(table.name()) || tied.isSwappedBefore(name))
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

    /** The keys between stand-ins that this swap exchanges: the first swap of the two tables does it for both. */
    List<Catalog.IncomingForeignKey> exchanged() {
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

    /** On the way back: keys that go now, because this end changes, and come back with the other end. */
    List<Catalog.IncomingForeignKey> leftToOthers() {
        if (way != Way.BACK) {
            return List.of();
        }
        return Stream.concat(
                        constraints(Constraint.Kind.FOREIGN_KEY).stream()
                                .map(key -> new Catalog.IncomingForeignKey(table, key)),
                        draft.catalog().foreignKeysTo(table.name()).stream()
                                .filter(i -> i.constraint().foreignKey().orElseThrow().columns().stream()
                                        .anyMatch(columns::contains)))
                .filter(i -> tied.isLeftToOther(i.table(), i.constraint()))
                .toList();
    }

    /** Indexes that use any of the columns, those of keys included. */
    List<Index> indexes() {
        return table.indexes().stream()
                .filter(i -> way != Way.FORTH
                        || draft.droppedByScript(table.name()).stream()
                                .noneMatch(c -> draft.catalog().uses(table, i, c)))
                .filter(i -> columns.stream().anyMatch(c -> draft.catalog().uses(table, i, c)))
                .toList();
    }

    /**
     * Constraints over the columns that nothing can stand in for: EXCLUDE and WITHOUT OVERLAPS build their index only while nobody
     * writes, and foreign keys with PERIOD need such a key.
     */
    List<Constraint> uncopyable() {
        return Stream.of(
                        indexes().stream()
                                .flatMap(index -> index.constraintName().flatMap(table::constraint).stream())
                                .filter(Constraint::needsItsOwnIndexBuild),
                        constraints(Constraint.Kind.FOREIGN_KEY).stream().filter(Constraint::isTemporal),
                        incoming().stream()
                                .map(Catalog.IncomingForeignKey::constraint)
                                .filter(Constraint::isTemporal))
                .flatMap(constraints -> constraints)
                .toList();
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
}
