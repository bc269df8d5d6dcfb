package dev.sluice.planner;

import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Extended statistics that use columns of a table. Pure. */
final class StatisticsSql {

    private StatisticsSql() {}

    /** Those that name any of the columns, in an expression too. */
    static List<ExtendedStatistics> of(Draft draft, Table table, Collection<String> columns) {
        return draft.catalog().statistics().stream()
                .filter(s -> s.table().equals(table.name()))
                .filter(s -> columns.stream()
                        .anyMatch(c -> s.columns().contains(c)
                                || draft.catalog().dependentsOf(ObjectRef.column(table.name(), c)).stream()
                                        .anyMatch(d -> d.dependent()
                                                .equals(ObjectRef.of(ObjectRef.Kind.STATISTICS, s.name())))))
                .toList();
    }

    /** Makes them as they were; brief, the values come with the next ANALYZE. */
    static List<String> create(ExtendedStatistics statistics) {
        List<String> statements = new ArrayList<>();
        String name = statistics.name().quoted();
        statements.add(statistics.definition());
        statistics
                .comment()
                .ifPresent(text -> statements.add("COMMENT ON STATISTICS " + name + " IS " + Identifier.literal(text)));
        statistics
                .statisticsTarget()
                .ifPresent(target -> statements.add("ALTER STATISTICS " + name + " SET STATISTICS " + target));
        return statements;
    }
}
