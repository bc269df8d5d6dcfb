package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * SET STORAGE, SET COMPRESSION, CLUSTER ON, SET WITHOUT CLUSTER: what is stored later changes, nothing is rewritten, in
 * expand. REPLICA IDENTITY: in contract, since subscribers of the old version's rows rely on it.
 */
final class TableSettings implements Operation {

    @Override
    public String id() {
        return "table-settings";
    }

    @Override
    public About about() {
        return About.of("Change how a table is stored and replicated", """
                        `SET STORAGE`, `SET COMPRESSION`, `CLUSTER ON`, `SET WITHOUT CLUSTER`, `REPLICA IDENTITY`
                        """)
                .expand("""
                        Storage, compression and the index that CLUSTER would use: as written; they matter for rows
                        stored later, no row is rewritten.
                        """)
                .contract("""
                        `REPLICA IDENTITY`: subscribers may rely on it until the old version is gone.
                        """)
                .undo("The setting it had.")
                .locks("`ACCESS EXCLUSIVE`, for the catalog change only.")
                .limits("Not for a column that the same migration adds or changes.");
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.altersTable()) {
            return false;
        }
        switch (change.kind()) {
            case "AT_SetStorage" ->
                column(change, draft, c -> " SET STORAGE " + c.storage().name());
            case "AT_SetCompression" ->
                column(change, draft, c -> " SET COMPRESSION " + c.compression().orElse("default"));
            case "AT_ClusterOn", "AT_DropCluster" -> {
                TableDraft table = draft.table(change);
                String back = index(table.table(), Index::clustered)
                        .map(i -> "CLUSTER ON " + i)
                        .orElse("SET WITHOUT CLUSTER");
                BriefChange.additive(
                        change,
                        draft,
                        Optional.of(table.name()),
                        alter(table) + change.text(),
                        List.of(alter(table) + back));
            }
            case "AT_ReplicaIdentity" -> {
                TableDraft table = draft.table(change);
                BriefChange.last(
                        change,
                        draft,
                        Optional.of(table.name()),
                        alter(table) + change.text(),
                        List.of(alter(table) + "REPLICA IDENTITY " + identity(table.table())));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String alter(TableDraft table) {
        return "ALTER TABLE " + table.name().quoted() + " ";
    }

    private static Optional<String> index(Table table, Predicate<Index> wanted) {
        return table.indexes().stream()
                .filter(wanted)
                .map(i -> Identifier.quote(i.name().name()))
                .findFirst();
    }

    private static String identity(Table table) {
        return switch (table.replicaIdentity()) {
            case DEFAULT -> "DEFAULT";
            case NOTHING -> "NOTHING";
            case FULL -> "FULL";
            case INDEX ->
                index(table, Index::replicaIdentity)
                        .map(i -> "USING INDEX " + i)
                        .orElse("NOTHING");
        };
    }

    private static void column(Change change, Draft draft, java.util.function.Function<Column, String> before) {
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        Column column = table.before(name)
                .filter(c -> !table.waitsForSwap(name))
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "it is about a column that this migration adds or changes, or that does not exist",
                        "Set it in a later migration."));
        BriefChange.additive(
                change,
                draft,
                Optional.of(table.name()),
                alter(table) + change.text(),
                List.of(alter(table) + "ALTER COLUMN " + Identifier.quote(name) + before.apply(column)));
    }
}
