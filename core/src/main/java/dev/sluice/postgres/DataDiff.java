package dev.sluice.postgres;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.db.Session;
import dev.sluice.postgres.RowStream.Selection;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares all rows of two databases: columns by name, rows by primary key (without one: as a multiset), values by their
 * text form under pinned settings, which tells apart what {@code record_image} tells apart and SQL equality does not: numeric
 * scale, case of citext, JSON white space.
 *
 * <p>A digest computed by the server settles equal tables; only those that differ are streamed, a thousand rows at a time, so
 * memory is bounded whatever their size. Each side is read in one REPEATABLE READ transaction. What only one side has (tables, columns)
 * is the matter of {@link dev.sluice.diff.CatalogDiff} and left out here; so are columns Sluice archived, foreign tables and the
 * values of sequences. Stateless.
 */
public final class DataDiff {

    private static final String SETTINGS = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            + " SET LOCAL row_security = off; SET LOCAL search_path = ''; " + TextForm.ofTransaction();

    /**
     * What to leave out, and how much to report.
     *
     * @param ignored tables and columns not to compare
     * @param rules columns filled by volatile expressions, and when their values count as equal; rows are then recognised by
     *     their other columns
     * @param samples most row differences to report for each table
     */
    public record Options(Set<ObjectRef> ignored, Map<ObjectRef, ValueRule> rules, int samples) {

        public static final Options DEFAULT = new Options(Set.of(), 10);

        public Options {
            ignored = Set.copyOf(ignored);
            rules = Map.copyOf(rules);
        }

        public Options(Set<ObjectRef> ignored, int samples) {
            this(ignored, Map.of(), samples);
        }

        public Options withRules(Map<ObjectRef, ValueRule> other) {
            return new Options(ignored, other, samples);
        }

        private Map<String, ValueRule> rulesOf(QualifiedName table, List<String> columns) {
            Map<String, ValueRule> ofTable = new TreeMap<>();
            for (String column : columns) {
                ValueRule rule = rules.get(ObjectRef.column(table, column));
                if (rule != null) {
                    ofTable.put(column, rule);
                }
            }
            return ofTable;
        }
    }

    /**
     * One database to compare: a session to it, outside a transaction, and its catalog.
     *
     * @param digests answers what all rows of a relation come to
     */
    public record Side(Session session, Catalog catalog, Digests digests) {

        public Side(Session session, Catalog catalog) {
            this(session, catalog, Digests.ASKED);
        }

        private String digest(QualifiedName relation, String sql) {
            return digests.of(session, relation, sql);
        }
    }

    /** Answers queries for digests; an own one may know the answer already. */
    public interface Digests {

        /** Asks the server each time. */
        Digests ASKED =
                (session, relation, sql) -> session.one(sql, row -> row.text(1)).orElseThrow();

        /**
         * @param session in a transaction with the settings that the text form of values depends on
         * @param relation whose rows the query reads
         * @param sql a query of one text
         */
        String of(Session session, QualifiedName relation, String sql);
    }

    private DataDiff() {}

    /** The tables and materialized views whose rows differ, sorted by name; none when all rows are the same. */
    public static List<TableDifference> compare(Side left, Side right, Options options) {
        return left.session()
                .inTransaction(() -> right.session().inTransaction(() -> {
                    left.session().execute(SETTINGS);
                    right.session().execute(SETTINGS);
                    List<TableDifference> differences = new ArrayList<>();
                    for (Pair pair : pairs(left.catalog(), right.catalog(), options)) {
                        compare(left, right, pair, options).ifPresent(differences::add);
                    }
                    return List.copyOf(differences);
                }));
    }

    /** A relation on both sides, and how to compare it. */
    private record Pair(QualifiedName name, Selection selection, boolean keyed, Map<String, ValueRule> rules) {}

    private static List<Pair> pairs(Catalog left, Catalog right, Options options) {
        List<Pair> pairs = new ArrayList<>();
        for (Table table : left.tables().values()) {
            right.table(table.name())
                    .filter(other -> table.kind() == Table.Kind.ORDINARY && other.kind() == Table.Kind.ORDINARY)
                    .flatMap(other -> pair(table, other, options))
                    .ifPresent(pairs::add);
        }
        for (View view : left.views().values()) {
            right.view(view.name())
                    .filter(other -> isPopulated(view) && isPopulated(other))
                    .map(other -> commonColumns(view.name(), view.columns(), other.columns(), options))
                    .filter(columns -> !columns.isEmpty() && !options.ignored().contains(materialized(view)))
                    .map(columns -> new Pair(
                            view.name(), new Selection(view.name().quoted(), columns, columns), false, Map.of()))
                    .ifPresent(pairs::add);
        }
        return pairs;
    }

    private static Optional<Pair> pair(Table left, Table right, Options options) {
        List<String> columns = commonColumns(left.name(), left.columns(), right.columns(), options);
        if (columns.isEmpty() || options.ignored().contains(ObjectRef.table(left.name()))) {
            return Optional.empty();
        }
        Map<String, ValueRule> rules = options.rulesOf(left.name(), columns);
        List<String> certain =
                columns.stream().filter(column -> !rules.containsKey(column)).toList();
        Optional<List<String>> key = left.primaryKey()
                .map(Constraint::columns)
                .filter(certain::containsAll)
                .filter(names -> right.primaryKey()
                        .filter(other -> other.columns().equals(names))
                        .isPresent());
        String from = "ONLY " + left.name().quoted();
        return Optional.of(
                new Pair(left.name(), new Selection(from, key.orElse(certain), columns), key.isPresent(), rules));
    }

    private static List<String> commonColumns(
            QualifiedName relation, List<Column> left, List<Column> right, Options options) {
        List<String> others = right.stream().map(Column::name).toList();
        return left.stream()
                .filter(column -> !column.archivedBySluice())
                .map(Column::name)
                .filter(others::contains)
                .filter(name -> !options.ignored().contains(ObjectRef.column(relation, name)))
                .sorted()
                .toList();
    }

    private static boolean isPopulated(View view) {
        return view.kind() == View.Kind.MATERIALIZED && view.populated();
    }

    private static ObjectRef materialized(View view) {
        return ObjectRef.of(ObjectRef.Kind.MATERIALIZED_VIEW, view.name());
    }

    private static Optional<TableDifference> compare(Side left, Side right, Pair pair, Options options) {
        String digest = pair.selection().digestSql();
        if (left.digest(pair.name(), digest).equals(right.digest(pair.name(), digest))) {
            return Optional.empty();
        }
        RowMerge merge = new RowMerge(pair.selection(), pair.keyed(), pair.rules(), options.samples());
        try (RowStream leftRows = RowStream.open(left.session(), pair.selection());
                RowStream rightRows = RowStream.open(right.session(), pair.selection())) {
            merge.walk(leftRows, rightRows);
        }
        pair.rules().forEach((column, rule) -> {
            String values = pair.selection().valuesSql(column, rule);
            merge.values(column, left.digest(pair.name(), values), right.digest(pair.name(), values));
        });
        return merge.difference(pair.name());
    }
}
