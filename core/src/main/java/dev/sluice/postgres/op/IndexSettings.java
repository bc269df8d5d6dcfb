package dev.sluice.postgres.op;

import dev.sluice.catalog.Index;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ALTER INDEX … SET and RESET of storage parameters, and of statistics targets: they matter for later writes. */
final class IndexSettings implements Operation {

    @Override
    public String id() {
        return "index-settings";
    }

    @Override
    public About about() {
        return About.of("Change how an index is stored", """
                        `ALTER INDEX … SET (…)`, `RESET (…)`, `ALTER COLUMN n SET STATISTICS`
                        """)
                .expand("As written: it matters for pages written later, nothing is built again.")
                .contract("""
                        When the same script changes the type of a column of the index, which is built again for that.
                        """)
                .undo("The setting it had.")
                .locks("`SHARE UPDATE EXCLUSIVE` on the index itself, for the catalog change only.")
                .limits("Not for an index that the same migration makes: write it as `WITH (…)` there.");
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.statement().node().text("objtype").equals("OBJECT_INDEX")
                || !Set.of("AT_SetRelOptions", "AT_ResetRelOptions", "AT_SetStatistics")
                        .contains(change.kind())) {
            return false;
        }
        Node relation = change.relation();
        Optional<String> schema = Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty());
        Index index = draft.catalog()
                .resolveIndex(schema, relation.text("relname"))
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-relation",
                        "index \"" + relation.text("relname") + "\" does not exist before this migration",
                        "Check the name. For an index of this script write WITH (…) in its CREATE INDEX."));
        String alter = "ALTER INDEX " + index.name().quoted();
        List<String> back = change.kind().equals("AT_SetStatistics")
                ? List.of(alter + " ALTER COLUMN " + position(change) + " SET STATISTICS " + target(index, change))
                : Describe.optionsBack(change, alter, index.options());
        String sql = alter + " " + change.text();
        if (Placement.changesType(draft, Set.copyOf(index.keyColumns()))) {
            BriefChange.last(change, draft, Optional.empty(), sql, back);
        } else {
            BriefChange.additive(change, draft, Optional.empty(), sql, back);
        }
        return true;
    }

    private static String position(Change change) {
        return Integer.toString(change.command().number("num"));
    }

    private static String target(Index index, Change change) {
        String prefix = position(change) + "=";
        return index.statisticsTargets().stream()
                .filter(t -> t.startsWith(prefix))
                .findFirst()
                .map(t -> t.substring(prefix.length()))
                .orElse("-1");
    }
}
