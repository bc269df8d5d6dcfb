package dev.sluice.lab.rows;

import dev.sluice.sql.QualifiedName;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@link SampleRows} wrote. Immutable.
 *
 * @param rows rows added to each table; those of a partition are counted for the table that was filled
 * @param shortfalls the tables with fewer rows than asked, and why
 */
public record FillReport(SortedMap<QualifiedName, Long> rows, List<Shortfall> shortfalls) {

    /**
     * A table that got fewer rows than asked.
     *
     * @param reason PostgreSQL's words where it rejected rows
     */
    public record Shortfall(QualifiedName table, long asked, long got, String reason) {

        public Shortfall {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(reason, "reason");
            if (got < 0 || got >= asked) {
                throw new IllegalArgumentException("not a shortfall: " + got + " of " + asked);
            }
        }

        @Override
        public String toString() {
            return table + ": " + got + " of " + asked + " rows (" + reason + ")";
        }
    }

    public FillReport {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        shortfalls = List.copyOf(shortfalls);
    }

    /** Why this table has fewer rows than asked; empty when it has all. */
    public Optional<Shortfall> shortfall(QualifiedName table) {
        return shortfalls.stream().filter(s -> s.table().equals(table)).findFirst();
    }

    public long totalRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
