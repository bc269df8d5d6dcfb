package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Source;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the new version's reads need before it is deployed. A second column that stands for a renamed one has no index:
 * every look-up by the new name would read the whole table until contract (measured: 300,000 rows, 200 requests a second,
 * latencies of 11 s within seconds). And a column that was just filled has no statistics.
 */
final class ReadPaths {
    private final Draft draft;
    private final Table table;
    private final Source source;

    ReadPaths(Draft draft, Table table, Source source) {
        this.draft = requireNonNull(draft);
        this.table = requireNonNull(table);
        this.source = requireNonNull(source);
    }

    /**
     * Gives the second column an index for each one that the first has, never unique: two unique indexes over two names of
     * one value would make upserts of both versions collide. The swap drops them with the column.
     */
    void indexes(TableDraft.Renamed rename) {
        for (Index index : table.indexes()) {
            if (!reads(index, rename.before())) {
                continue;
            }
            if (!canBeCopied(index)) {
                draft.note(
                        Note.Level.WARNING,
                        rename.change().source(),
                        "until contract, reads by " + rename.after() + " cannot use an index like "
                                + index.name().name() + ": Sluice copies only plain indexes");
                continue;
            }
            String columns = index.keyColumns().stream()
                    .map(column -> column.equals(rename.before()) ? rename.after() : column)
                    .map(Identifier::quote)
                    .collect(Collectors.joining(", "));
            QualifiedName name =
                    table.name().withName(draft.ownName(index.name().name(), "copy"));
            draft.add(
                    Slot.INDEX,
                    draft.step(
                                    rename.change(),
                                    "index " + name.name(),
                                    "build an index for " + table.name().name() + "." + rename.after()
                                            + " until contract")
                            .because("the new version reads by this name before "
                                    + index.name().name() + " has it; not unique, and dropped by the swap")
                            .scans(table)
                            .buildIndex(
                                    table.name(),
                                    name,
                                    "CREATE INDEX CONCURRENTLY " + Identifier.quote(name.name()) + " ON "
                                            + table.name().quoted() + " USING " + index.method() + " (" + columns
                                            + ")"));
        }
    }

    /** Statistics for columns that this migration fills: without them the new version's first queries get poor plans. */
    void statistics(List<String> columns) {
        if (columns.isEmpty()) {
            return;
        }
        String list = columns.stream().map(Identifier::quote).collect(Collectors.joining(", "));
        draft.add(
                Slot.AFTER_BACKFILL,
                draft.step(
                                source,
                                "analyze " + table.name().name() + "." + String.join(", ", columns),
                                "gather statistics of " + table.name().name() + "." + String.join(", ", columns))
                        .because("the new version's queries are planned with them")
                        .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                        .opaque(
                                List.of("ANALYZE " + table.name().quoted() + " (" + list + ")"),
                                false,
                                // cut off: simply once more
                                Optional.of("SELECT false")));
    }

    private static boolean reads(Index index, String column) {
        return index.keyColumns().contains(column)
                || index.hasExpressionKeys() && index.definition().contains(column)
                || index.predicate().filter(p -> p.contains(column)).isPresent();
    }

    private boolean canBeCopied(Index index) {
        return !index.hasExpressionKeys()
                && index.predicate().isEmpty()
                && (index.method().equals("btree") || index.method().equals("hash"))
                && table.partitioning().key().isEmpty();
    }
}
