package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The expanded state of the tables that the versions see differently: follows rows from one to the other and back. Its
 * methods are called in their order. For one use.
 */
final class Mixed {

    private static final int AIMED = 4;

    private final Findings findings;
    private final List<Pair> pairs = new ArrayList<>();

    /** One table in both shapes. */
    private static final class Pair {
        private final Table old;
        private final Table fresh;
        private SortedMap<String, Map<String, String>> newBefore = new TreeMap<>();
        private SortedMap<String, Map<String, String>> newAfter = new TreeMap<>();
        private SortedMap<String, Map<String, String>> oldSeenBefore = new TreeMap<>();
        private SortedMap<String, Map<String, String>> oldSeen = new TreeMap<>();
        private SortedMap<String, Map<String, String>> oldBefore = new TreeMap<>();
        private SortedMap<String, Map<String, String>> oldAfter = new TreeMap<>();
        private SortedMap<String, Map<String, String>> newSeen = new TreeMap<>();

        Pair(Table old, Table fresh) {
            this.old = old;
            this.fresh = fresh;
        }
    }

    Mixed(Scope scope, Set<QualifiedName> except, Findings findings) {
        this.findings = findings;
        for (Table old : scope.oldTables()) {
            Optional<Table> fresh = scope.successor(old);
            if (fresh.isPresent()
                    && !except.contains(old.name())
                    && scope.isTranslated(old, fresh.get())
                    && new Bridge(old, fresh.get()).isPossible()) {
                pairs.add(new Pair(old, fresh.get()));
            }
        }
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    void newBefore(Session reference, Session session) {
        for (Pair pair : pairs) {
            pair.newBefore = TableRows.of(pair.fresh).read(reference);
            pair.oldSeenBefore = TableRows.of(pair.old).read(session);
        }
    }

    void newAfter(Session reference, Session session) {
        for (Pair pair : pairs) {
            pair.newAfter = TableRows.of(pair.fresh).read(reference);
            pair.oldSeen = TableRows.of(pair.old).read(session);
        }
    }

    /** @param translated what the down script makes of the new version's reference */
    void checkOld(String when, Optional<TestDatabase> translated, Recomputed recomputed) {
        for (Pair pair : pairs) {
            Bridge.Rows rows = new Bridge.Rows(
                    pair.newBefore,
                    pair.newAfter,
                    pair.oldSeenBefore,
                    translated.map(database -> PlainCopy.rows(database, pair.old)),
                    Map.of(),
                    recomputed.untouched(pair.fresh));
            new Bridge(pair.fresh, pair.old)
                    .check(when + ", the old one reads", rows, pair.oldSeen, Set.of(), findings);
        }
    }

    void oldBefore(Session reference) {
        for (Pair pair : pairs) {
            pair.oldBefore = TableRows.of(pair.old).read(reference);
        }
    }

    /** Statements of the old version on rows that the new one wrote: one column gets the value that another row has. */
    List<VersionStatement> aimed(long seed) {
        Random random = new Random(seed);
        List<VersionStatement> statements = new ArrayList<>();
        for (Pair pair : pairs) {
            TableRows shape = TableRows.of(pair.old);
            List<String> columns = free(pair.old);
            List<Map<String, String>> all = List.copyOf(pair.oldBefore.values());
            List<String> written = pair.newAfter.entrySet().stream()
                    .filter(row -> !row.getValue().equals(pair.newBefore.get(row.getKey())))
                    .map(Map.Entry::getKey)
                    .filter(pair.oldBefore::containsKey)
                    .limit(AIMED)
                    .toList();
            for (String id : written) {
                if (!columns.isEmpty()) {
                    String column = columns.get(random.nextInt(columns.size()));
                    String value =
                            String.valueOf(all.get(random.nextInt(all.size())).get(column));
                    statements.add(new VersionStatement(
                            "UPDATE " + pair.old.name().quoted() + " SET " + Identifier.quote(column) + " = " + value
                                    + shape.where(pair.oldBefore.getOrDefault(id, new HashMap<>())),
                            false,
                            false));
                }
            }
        }
        return statements;
    }

    /** Columns that may get a value of another row: in no unique index and not computed. */
    private static List<String> free(Table table) {
        return table.userColumns().stream()
                .filter(column -> !column.isGenerated() && column.identity() != Column.Identity.ALWAYS)
                .map(Column::name)
                .filter(name -> table.indexes().stream()
                        .filter(Index::unique)
                        .noneMatch(index ->
                                index.hasExpressionKeys() || index.keyColumns().contains(name)))
                .toList();
    }

    void oldAfter(Session reference, Session session) {
        for (Pair pair : pairs) {
            pair.oldAfter = TableRows.of(pair.old).read(reference);
            pair.newSeen = TableRows.of(pair.fresh).read(session);
        }
    }

    /** @param translated what the up script makes of the old version's reference */
    void checkNew(String when, TestDatabase translated, Map<Table, Set<String>> unforeseeable, Recomputed recomputed) {
        for (Pair pair : pairs) {
            Set<String> ignored = unforeseeable.getOrDefault(pair.fresh, Set.of());
            Bridge.Rows rows = new Bridge.Rows(
                    pair.oldBefore,
                    pair.oldAfter,
                    pair.newAfter,
                    Optional.of(PlainCopy.rows(translated, pair.fresh)),
                    recomputed.sources(pair.fresh),
                    Map.of());
            new Bridge(pair.old, pair.fresh).check(when + ", the new one reads", rows, pair.newSeen, ignored, findings);
        }
    }
}
