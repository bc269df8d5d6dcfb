package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.postgres.TextForm;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fills tables with made-up rows that satisfy the schema: every type with its edges, NULLs where they may be, defaults for a
 * part of the rows, identities and serials from their sequences, foreign keys that point at rows, whatever the checks,
 * unique indexes, exclusion constraints, partitions and triggers demand. PostgreSQL is asked, never second-guessed: candidates
 * are written by ordinary INSERTs, and what it rejects is not there.
 *
 * <p>The same seed on the same schema and rows gives the same rows, except for columns that a volatile default fills.
 */
public final class SampleRows {

    private static final int MOST_PARTITIONS = 30;

    private final Session session;
    private final Catalog catalog;
    private final long rowsPerTable;
    private final long seed;
    private final Judge judge;
    private final SortedMap<QualifiedName, Long> rows = new TreeMap<>();
    private final SortedMap<QualifiedName, FillReport.Shortfall> shortfalls = new TreeMap<>();

    private SampleRows(Session session, Catalog catalog, long rowsPerTable, long seed) {
        this.session = session;
        this.catalog = catalog;
        this.rowsPerTable = rowsPerTable;
        this.seed = seed;
        this.judge = new Judge(session);
    }

    /**
     * Adds rows to tables, next to those that are there. A partition among the tables is filled through the table it belongs to
     * when that is among them, too. Parents that are not among the tables are used as they are.
     *
     * @param session a superuser's, or one that may write the tables; in no transaction
     * @param catalog of that database, as it is
     * @param tables what to fill
     * @return what was written, and which tables fell short and why; a shortfall is no error
     * @throws DatabaseException when the connection is lost
     */
    public static FillReport fill(
            Session session, Catalog catalog, Set<QualifiedName> tables, long rowsPerTable, long seed) {
        if (rowsPerTable < 0) {
            throw new IllegalArgumentException("rows per table: " + rowsPerTable);
        }
        SampleRows fill = new SampleRows(session, catalog, rowsPerTable, seed);
        fill.all(new TreeSet<>(tables));
        return new FillReport(fill.rows, List.copyOf(fill.shortfalls.values()));
    }

    private void all(Set<QualifiedName> asked) {
        Set<QualifiedName> roots = new TreeSet<>(asked);
        roots.removeIf(name -> hasParentIn(name, asked));
        List<Table> order = FillOrder.of(catalog, roots);
        Set<QualifiedName> open = new HashSet<>(roots);
        Map<QualifiedName, Set<String>> lateKeys = new HashMap<>();
        for (Table table : order) {
            Set<String> late = new LinkedHashSet<>();
            for (Constraint key : table.foreignKeys()) {
                if (FillOrder.isOpen(catalog, key.foreignKey().orElseThrow().table(), open)) {
                    late.add(key.name());
                }
            }
            open.remove(table.name());
            if (!late.isEmpty()) {
                lateKeys.put(table.name(), late);
            }
            one(table, late);
        }
        for (Table table : order) {
            for (String key : lateKeys.getOrDefault(table.name(), Set.of())) {
                late(table, table.constraint(key).orElseThrow());
            }
        }
    }

    private void one(Table table, Set<String> late) {
        if (rowsPerTable == 0) {
            rows.put(table.name(), 0L);
            return;
        }
        TableFill.Outcome outcome;
        try {
            outcome = session.inTransaction(() -> {
                session.execute(TextForm.ofTransaction());
                session.execute("SET CONSTRAINTS ALL IMMEDIATE");
                if (late.stream()
                        .anyMatch(key -> !FillOrder.isOptional(
                                table, table.constraint(key).orElseThrow()))) {
                    session.execute("SET LOCAL session_replication_role = replica");
                }
                return parts(table, late, random(table));
            });
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            outcome = new TableFill.Outcome(0, e.error().message());
        }
        rows.put(table.name(), outcome.got());
        if (outcome.got() < rowsPerTable) {
            fellShort(table, outcome.got(), outcome.reason());
        }
    }

    /** Partitions share the rows; what does not fit into one goes into any. */
    private TableFill.Outcome parts(Table table, Set<String> late, Random random) {
        List<CheckExpression> partitions = PartitionBounds.of(session, catalog, table);
        long got = 0;
        if (partitions.size() > 1 && partitions.size() <= MOST_PARTITIONS) {
            long share = rowsPerTable / partitions.size();
            for (CheckExpression partition : partitions) {
                got += part(table, List.of(partition), share, late, random).got();
            }
        }
        if (got >= rowsPerTable) {
            return new TableFill.Outcome(got, "");
        }
        TableFill.Outcome rest =
                part(table, PartitionBounds.anyOf(table, partitions), rowsPerTable - got, late, random);
        return new TableFill.Outcome(got + rest.got(), rest.reason());
    }

    private TableFill.Outcome part(
            Table table, List<CheckExpression> bounds, long count, Set<String> late, Random random) {
        return count == 0
                ? new TableFill.Outcome(0, "")
                : new TableFill(session, catalog, judge, TableShape.of(table, bounds), random).fill(count, late);
    }

    private void late(Table table, Constraint key) {
        boolean optional = FillOrder.isOptional(table, key);
        long removed = session.inTransaction(() -> {
            session.execute(TextForm.ofTransaction());
            session.execute("SET CONSTRAINTS ALL IMMEDIATE");
            if (!optional) {
                session.execute("SET LOCAL session_replication_role = replica");
            }
            LateKeys late = new LateKeys(session, random(table));
            long count = 0;
            for (QualifiedName leaf : PartitionBounds.leaves(catalog, table)) {
                late.set(table, key, leaf);
                count += optional ? 0 : late.deleteOrphans(key, leaf);
            }
            return count;
        });
        if (removed > 0) {
            long got = Math.max(0, rows.getOrDefault(table.name(), 0L) - removed);
            rows.put(table.name(), got);
            fellShort(table, got, removed + " rows found no parent for " + key.name());
        }
    }

    private void fellShort(Table table, long got, String reason) {
        shortfalls.put(table.name(), new FillReport.Shortfall(table.name(), rowsPerTable, got, reason));
    }

    private Random random(Table table) {
        return new Random(seed * 31 + table.name().quoted().hashCode());
    }

    private boolean hasParentIn(QualifiedName name, Set<QualifiedName> tables) {
        Optional<QualifiedName> parent =
                catalog.table(name).flatMap(t -> t.partitioning().parent());
        return parent.isPresent() && (tables.contains(parent.get()) || hasParentIn(parent.get(), tables));
    }
}
