package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.QualifiedName;
import java.util.List;

/** A read-only question to the data whose answer decides whether a plan may go on. Closed set. */
public sealed interface Probe {

    /**
     * No row of {@code table} may satisfy {@code predicate}. Read in windows (no long snapshot), so it fits tables of any
     * size. {@code keyColumns} identify the offending rows in the report.
     */
    record NoRows(QualifiedName table, String predicate, List<String> keyColumns) implements Probe {
        public NoRows {
            requireNonNull(table);
            requireNonNull(predicate);
            keyColumns = List.copyOf(keyColumns);
        }
    }

    /**
     * Every {@code expressions} must evaluate without an error on every row of {@code table} that satisfies {@code
     * where}; the row that fails is found by halving the window and reported by its key with the server's message.
     */
    record Evaluates(QualifiedName table, List<String> expressions, String where, List<String> keyColumns)
            implements Probe {
        public Evaluates {
            requireNonNull(table);
            expressions = List.copyOf(expressions);
            requireNonNull(where);
            keyColumns = List.copyOf(keyColumns);
        }
    }

    /** {@code sql} is a complete query that must return no row (duplicates, orphans); its first rows are the report. */
    record NoResult(String sql) implements Probe {
        public NoResult {
            requireNonNull(sql);
        }
    }
}
