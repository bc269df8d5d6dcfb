package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Foreign keys between a table whose columns change places and another one where that happens, too, in the same contract phase:
 * which of the two copies sees to a key, forth and back.
 *
 * @param table the one whose copy asks
 * @param standIns its columns, and what takes their places
 * @param elsewhere the same of another table
 * @param back whether the swap is taken back
 */
record TiedKeys(
        Draft draft,
        Table table,
        Map<String, String> standIns,
        Function<QualifiedName, Map<String, String>> elsewhere,
        boolean back) {

    TiedKeys {
        requireNonNull(draft);
        requireNonNull(table);
        standIns = Map.copyOf(standIns);
        requireNonNull(elsewhere);
    }

    /** Whether this table's swap comes before the other one's. */
    boolean isSwappedBefore(QualifiedName other) {
        List<QualifiedName> order = order();
        return order.indexOf(table.name()) < order.indexOf(other);
    }

    private List<QualifiedName> order() {
        return draft.tables().stream().map(TableDraft::name).toList();
    }

    /** Whether another table's columns, at the other end of the key, change in the same contract phase. */
    boolean isBetweenStandIns(Table from, Constraint key) {
        Constraint.ForeignKey target = key.foreignKey().orElseThrow();
        if (from.name().equals(target.table())) {
            return false;
        }
        Map<String, String> fromColumns = from.name().equals(table.name()) ? standIns : elsewhere.apply(from.name());
        Map<String, String> toColumns =
                target.table().equals(table.name()) ? standIns : elsewhere.apply(target.table());
        return key.columns().stream().anyMatch(fromColumns::containsKey)
                && target.columns().stream().anyMatch(toColumns::containsKey);
    }

    /** Whether the key is no work of this copy: one between stand-ins, unless on the way back the other end is back already. */
    boolean isLeftToOther(Table from, Constraint key) {
        return isBetweenStandIns(from, key) && !(back && !isBackLater(otherEnd(from, key)));
    }

    private QualifiedName otherEnd(Table from, Constraint key) {
        return from.name().equals(table.name()) ? key.foreignKey().orElseThrow().table() : from.name();
    }

    /** Swaps are taken back in reverse order: whether the other table's is, when this one's is taken back, still to come. */
    private boolean isBackLater(QualifiedName other) {
        List<QualifiedName> order = order();
        return back && order.contains(other) && order.indexOf(other) < order.indexOf(table.name());
    }

    /** What columns of another table are called when these steps run. */
    List<String> called(QualifiedName other, List<String> names) {
        return !isBackLater(other)
                ? names
                : names.stream()
                        .map(name -> draft.findTable(other).stream()
                                .flatMap(changes -> changes.renamed().stream())
                                .filter(rename -> rename.before().equals(name))
                                .map(TableDraft.Renamed::after)
                                .findFirst()
                                .orElse(name))
                        .toList();
    }
}
