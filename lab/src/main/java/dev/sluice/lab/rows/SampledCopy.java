package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.rows.SourceSample.Extract;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.TextForm;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies some rows of each table of a real database into a database that has the schema already, closed under foreign keys
 * (what a copied row points at is copied, too), with texts replaced.
 *
 * <p><b>Replaced:</b> text, varchar, char, citext, name and arrays of them, strings inside json, jsonb and hstore (see {@link
 * Disguise}: same length, character classes, equality and uniqueness; e-mail addresses stay addresses); bytea by as many other bytes;
 * XML, network addresses, composite types, geometry, search documents and whatever type is unknown by made-up values.
 * <b>Kept:</b> numbers, dates and times, intervals, booleans, enums, UUIDs, bits and ranges of them, NULLs; keys inside JSON and
 * hstore; texts that the schema itself names (literals of checks, defaults, domains, index predicates, partition bounds) or the
 * caller. A replaced text that violates a check or domain becomes a made-up one that does not; rows that still do are left out
 * together with those that point at them, and are in the report. So whatever identifies a person by a number or a date is still
 * there: treat the copy as what it is.
 *
 * <p>The source is only read: in one REPEATABLE READ, READ ONLY transaction, with a statement timeout, under ACCESS SHARE locks.
 */
public final class SampledCopy {

    private static final List<String> CAREFUL = List.of(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            "SET LOCAL statement_timeout = '60s'",
            "SET LOCAL lock_timeout = '2s'",
            "SET LOCAL row_security = off");
    private static final int BATCH = 500;

    /**
     * What was copied.
     *
     * @param rows per table; parents that a sampled row points at are counted
     * @param leftOut what could not be copied, and why
     */
    public record Copied(SortedMap<QualifiedName, Long> rows, List<String> leftOut) {

        public Copied {
            rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
            leftOut = List.copyOf(leftOut);
        }
    }

    private final Session target;
    private final Catalog catalog;
    private final Disguise disguise;
    private final Judge judge;
    private final Random random;
    private final List<String> leftOut = new ArrayList<>();
    private final SortedMap<QualifiedName, Long> copied = new TreeMap<>();

    private SampledCopy(Session target, Catalog catalog, Disguise disguise, long seed) {
        this.target = target;
        this.catalog = catalog;
        this.disguise = disguise;
        this.judge = new Judge(target);
        this.random = new Random(seed);
    }

    /**
     * Copies, instead of the rows that are in the target's tables now.
     *
     * @param source in no transaction; needs the right to read, and to bypass row security where tables have it
     * @param target a superuser's, in no transaction
     * @param rowsPerTable how many rows to choose; smaller tables are copied whole
     * @param seed which rows, and what becomes of their texts
     * @param keptTexts texts that migrations look for, say
     * @throws DatabaseException when the source cannot be read, or a connection is lost
     */
    public static Copied copy(Session source, Session target, long rowsPerTable, long seed, Set<String> keptTexts) {
        if (rowsPerTable < 0) {
            throw new IllegalArgumentException("rows per table: " + rowsPerTable);
        }
        Catalog catalog = CatalogReader.read(target);
        Set<String> kept = new HashSet<>(keptTexts);
        Map<QualifiedName, Extract> extracts = source.inTransaction(() -> {
            CAREFUL.forEach(source::execute);
            source.execute(TextForm.ofTransaction());
            Catalog original = CatalogReader.read(source);
            kept.addAll(SchemaTexts.of(original));
            return SourceSample.read(source, original, columns(original, catalog), rowsPerTable, seed);
        });
        kept.addAll(SchemaTexts.of(catalog));
        SampledCopy copy = new SampledCopy(target, catalog, new Disguise(seed, kept), seed);
        target.inTransaction(() -> copy.write(extracts));
        return new Copied(copy.copied, copy.leftOut);
    }

    /** Per table the columns that both have and the target can be given, of the source. */
    private static Map<QualifiedName, List<Column>> columns(Catalog source, Catalog target) {
        Map<QualifiedName, List<Column>> columns = new TreeMap<>();
        for (Table table : target.tables().values()) {
            Optional<Table> original = source.table(table.name());
            boolean whole = table.kind() != Table.Kind.FOREIGN && !table.isPartition();
            if (whole && original.isPresent() && original.get().kind() != Table.Kind.FOREIGN) {
                columns.put(
                        table.name(),
                        original.get().userColumns().stream()
                                .filter(c -> table.column(c.name())
                                        .filter(t -> !t.isGenerated())
                                        .isPresent())
                                .toList());
            }
        }
        return columns;
    }

    private void write(Map<QualifiedName, Extract> extracts) {
        target.execute(TextForm.ofTransaction());
        // keys may go round in a circle, and what triggers would do has been done already
        target.execute("SET LOCAL session_replication_role = replica");
        if (!extracts.isEmpty()) {
            target.execute("TRUNCATE "
                    + String.join(
                            ", ",
                            extracts.keySet().stream()
                                    .map(QualifiedName::quoted)
                                    .toList()) + " CASCADE");
        }
        extracts.forEach((name, extract) -> one(catalog.table(name).orElseThrow(), extract));
        removeOrphans(extracts.keySet());
        for (QualifiedName name : extracts.keySet()) {
            Table table = catalog.table(name).orElseThrow();
            copied.put(
                    name,
                    target.one("SELECT count(*) FROM ONLY " + name.quoted(), r -> r.number(1))
                            .orElse(0L));
            if (table.kind() == Table.Kind.PARTITIONED) {
                copied.put(
                        name,
                        target.one("SELECT count(*) FROM " + name.quoted(), r -> r.number(1))
                                .orElse(0L));
            }
            table.userColumns().forEach(column -> advance(table, column));
        }
    }

    private void one(Table table, Extract extract) {
        List<Column> columns = extract.columns().stream()
                .map(c -> table.column(c.name()).orElseThrow())
                .toList();
        List<List<Optional<String>>> rows = disguised(table, columns, extract);
        Bisection bisection = new Bisection(target);
        for (int from = 0; from < rows.size(); from += BATCH) {
            List<List<Optional<String>>> part = rows.subList(from, Math.min(rows.size(), from + BATCH));
            bisection.write(part, some -> target.execute(insert(table, columns, some)));
        }
        if (bisection.written() < rows.size()) {
            leftOut.add(table.name() + ": " + (rows.size() - bisection.written()) + " of " + rows.size() + " rows: "
                    + bisection.lastError().map(e -> e.error().message()).orElse("rejected"));
        }
    }

    private List<List<Optional<String>>> disguised(Table table, List<Column> columns, Extract extract) {
        TableShape shape = TableShape.of(table, List.of());
        List<List<Optional<String>>> rows = new ArrayList<>();
        extract.rows().values().forEach(row -> rows.add(new ArrayList<>(row)));
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            DisguisedColumn how = DisguisedColumn.of(catalog, column.type());
            if (how == DisguisedColumn.KEPT) {
                continue;
            }
            Values values = new TypeValues(catalog, 300).of(column.type());
            Map<String, String> replaced = new HashMap<>();
            for (List<Optional<String>> row : rows) {
                row.get(i).ifPresent(value -> replaced.computeIfAbsent(value, v -> how.replace(v, disguise, values)));
            }
            meetConditions(shape, column, replaced);
            for (List<Optional<String>> row : rows) {
                row.set(i, row.get(i).map(value -> Objects.requireNonNull(replaced.get(value))));
            }
        }
        return rows;
    }

    /** Replacements that violate a check of the column or its domain become made-up values that do not. */
    private void meetConditions(TableShape shape, Column column, Map<String, String> replaced) {
        List<String> conditions =
                shape.checksOf(column).stream().map(CheckExpression::sql).toList();
        boolean sure = conditions.isEmpty() && DisguisedColumn.isPlain(column.type());
        if (sure || replaced.isEmpty()) {
            return;
        }
        Set<String> results = new LinkedHashSet<>(replaced.values());
        Set<String> good = new HashSet<>(judge.meeting(column.type(), column.name(), conditions, results));
        if (good.containsAll(results)) {
            return;
        }
        Optional<Values> values = new ColumnValues(catalog, judge).of(shape, column, replaced.size(), random);
        long number = 0;
        for (Map.Entry<String, String> entry : new TreeMap<>(replaced).entrySet()) {
            if (!good.contains(entry.getValue()) && values.isPresent()) {
                replaced.put(entry.getKey(), values.get().distinct(disguise.random(entry.getKey()), number++));
            }
        }
    }

    private static String insert(Table table, List<Column> columns, List<List<Optional<String>>> rows) {
        if (columns.isEmpty()) {
            return "INSERT INTO " + table.name().quoted() + " SELECT FROM pg_catalog.generate_series(1, " + rows.size()
                    + ")";
        }
        List<String> arrays = new ArrayList<>();
        List<String> places = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            arrays.add(TextArrays.nullable(rows.stream().map(row -> row.get(at)).toList()));
            places.add("v" + i);
            values.add("r.v" + i + "::" + columns.get(i).type().formatted());
        }
        return "INSERT INTO " + table.name().quoted() + " ("
                + String.join(
                        ", ",
                        columns.stream().map(c -> Identifier.quote(c.name())).toList())
                + ") OVERRIDING SYSTEM VALUE SELECT " + String.join(", ", values) + " FROM unnest("
                + String.join(", ", arrays) + ") AS r(" + String.join(", ", places) + ")";
    }

    /** Of rows that were left out the children go, and theirs. */
    private void removeOrphans(Set<QualifiedName> tables) {
        LateKeys keys = new LateKeys(target, random);
        for (boolean again = true; again; ) {
            again = false;
            for (QualifiedName name : tables) {
                Table table = catalog.table(name).orElseThrow();
                for (Constraint key : table.foreignKeys()) {
                    for (QualifiedName leaf :
                            key.validated() ? PartitionBounds.leaves(catalog, table) : List.<QualifiedName>of()) {
                        long removed = keys.deleteOrphans(key, leaf);
                        again |= removed > 0;
                        if (removed > 0) {
                            leftOut.add(
                                    name + ": " + removed + " rows whose " + key.name() + " points at a row left out");
                        }
                    }
                }
            }
        }
    }

    private void advance(Table table, Column column) {
        column.ownedSequence()
                .ifPresent(sequence -> target.execute("SELECT pg_catalog.setval("
                        + Identifier.literal(sequence.quoted()) + "::pg_catalog.regclass, m) FROM (SELECT max("
                        + Identifier.quote(column.name()) + ") AS m FROM "
                        + table.name().quoted() + ") x WHERE m > 0"));
    }
}
