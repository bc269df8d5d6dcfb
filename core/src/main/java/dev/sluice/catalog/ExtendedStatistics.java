package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * CREATE STATISTICS.
 *
 * @param definition {@code pg_get_statisticsobjdef}
 * @param kinds {@code ndistinct}, {@code dependencies}, {@code mcv}, {@code expressions}, sorted
 * @param columns the plain columns it names, sorted
 * @param expressions the expressions it names
 */
public record ExtendedStatistics(
        QualifiedName name,
        QualifiedName table,
        String owner,
        String definition,
        List<String> kinds,
        List<String> columns,
        List<String> expressions,
        Optional<Integer> statisticsTarget,
        Optional<String> comment) {

    public ExtendedStatistics {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(definition, "definition");
        kinds = List.copyOf(kinds);
        columns = List.copyOf(columns);
        expressions = List.copyOf(expressions);
        Objects.requireNonNull(statisticsTarget, "statisticsTarget");
        Objects.requireNonNull(comment, "comment");
    }
}
