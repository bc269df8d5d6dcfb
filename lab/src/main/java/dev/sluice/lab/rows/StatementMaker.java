package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.lab.rows.RandomStatement.Kind;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes random statements about one relation. Says nothing to a database: what it writes may be wrong for the rows. */
final class StatementMaker {

    /** A statement before it was tried. */
    record Draft(Kind kind, String sql, boolean returning, Set<String> undetermined) {}

    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");
    private static final Set<String> TEXTS = Set.of("text", "varchar");
    private static final int MOST_ROWS = 4;

    private final Catalog catalog;
    private final WritableRelation relation;
    private final TableShape shape;
    private final Candidates candidates;
    private final boolean volatileDefaults;
    private final RowCondition conditions;
    private final Random random;

    StatementMaker(
            Catalog catalog,
            WritableRelation relation,
            TableShape shape,
            Candidates candidates,
            boolean volatileDefaults,
            Random random) {
        this.catalog = catalog;
        this.relation = relation;
        this.shape = shape;
        this.candidates = candidates;
        this.volatileDefaults = volatileDefaults;
        this.random = random;
        this.conditions = new RowCondition(relation, random);
    }

    /**
     * @param number from which the values of unique columns come
     * @return empty when that kind cannot be said about these rows
     */
    Optional<Draft> draft(Kind kind, PresentRows present, long number) {
        return switch (kind) {
            case INSERT -> insert(kind, 1, present, number);
            case INSERT_ROWS -> insert(kind, 2 + random.nextInt(MOST_ROWS - 1), present, number);
            case INSERT_OR_NOTHING, UPSERT -> insert(kind, 1 + random.nextInt(MOST_ROWS - 1), present, number);
            case UPDATE, UPDATE_NOTHING, UPDATE_DEFAULTS, UPDATE_KEY, UPDATE_ROWS -> update(kind, present, number);
            case DELETE ->
                conditions.of(present, false).map(where -> finish(kind, "DELETE FROM " + name() + where, Set.of()));
            case DELETE_ROWS ->
                conditions.of(present, true).map(where -> finish(kind, "DELETE FROM " + name() + where, Set.of()));
        };
    }

    private Optional<Draft> insert(Kind kind, int rows, PresentRows present, long number) {
        Set<String> undetermined = new LinkedHashSet<>();
        List<Column> given = new ArrayList<>();
        Set<String> keyed = keyed();
        for (Column column : writable()) {
            Omission omission = omission(column, keyed);
            boolean needed = omission == Omission.NO;
            if (needed || (omission == Omission.ALLOWED && random.nextInt(3) > 0)) {
                given.add(column);
            } else {
                undetermined(column).ifPresent(undetermined::add);
            }
        }
        if (given.isEmpty()) {
            return kind == Kind.INSERT
                    ? Optional.of(finish(kind, "INSERT INTO " + name() + " DEFAULT VALUES", undetermined))
                    : Optional.empty();
        }
        Collections.shuffle(given, random);
        List<String> names = given.stream().map(Column::name).toList();
        List<String> tuples = new ArrayList<>();
        boolean conflict = kind == Kind.UPSERT || kind == Kind.INSERT_OR_NOTHING;
        for (int i = 0; i < rows; i++) {
            Optional<Map<String, Optional<String>>> row = candidates.next(number + i, Set.copyOf(names));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Optional<String>> values = new LinkedHashMap<>(row.get());
            if (conflict && i == 0 && !present.rows().isEmpty() && random.nextInt(4) > 0) {
                keyed.stream()
                        .filter(names::contains)
                        .forEach(c -> values.put(c, present.rows().get(0).getOrDefault(c, Optional.empty())));
            }
            List<String> literals = new ArrayList<>();
            for (Column column : given) {
                boolean byDefault = omission(column, keyed) == Omission.ALLOWED && random.nextInt(6) == 0;
                literals.add(
                        byDefault
                                ? "DEFAULT"
                                : PresentRows.literal(values.getOrDefault(column.name(), Optional.empty())));
                if (byDefault) {
                    undetermined(column).ifPresent(undetermined::add);
                }
            }
            tuples.add("(" + String.join(", ", literals) + ")");
        }
        String sql = "INSERT INTO " + name() + " (" + relation.quoted(names) + ") VALUES " + String.join(", ", tuples);
        if (!conflict) {
            return Optional.of(finish(kind, sql, undetermined));
        }
        return onConflict(kind, names).map(clause -> finish(kind, sql + clause, undetermined));
    }

    /** Whether an INSERT can leave a column out. */
    private enum Omission {
        NO,
        ALLOWED,
        /** It is nearly always left out. */
        USUAL
    }

    private Omission omission(Column column, Set<String> keyed) {
        if (TableShape.drawsFromSequence(column)) {
            return Omission.USUAL;
        }
        boolean hasDefault = column.defaultExpression().isPresent();
        if (hasDefault && isVolatile(column) && (!volatileDefaults || keyed.contains(column.name()))) {
            return Omission.NO;
        }
        return hasDefault || TableShape.isNullable(catalog, column) ? Omission.ALLOWED : Omission.NO;
    }

    private Optional<String> undetermined(Column column) {
        return isVolatile(column) && !TableShape.drawsFromSequence(column)
                ? Optional.of(column.name())
                : Optional.empty();
    }

    private static boolean isVolatile(Column column) {
        return column.defaultExpression().filter(DefaultText::callsFunctions).isPresent();
    }

    private Optional<String> onConflict(Kind kind, List<String> given) {
        List<Index> indexes = shape.table().indexes().stream()
                .filter(i ->
                        i.unique() && i.immediate() && i.valid() && i.method().equals("btree"))
                .filter(i -> relation.keys().contains(i)
                        || relation.name().equals(shape.table().name()))
                .toList();
        if (kind == Kind.INSERT_OR_NOTHING && (indexes.isEmpty() || random.nextInt(3) == 0)) {
            return Optional.of(" ON CONFLICT DO NOTHING");
        }
        if (indexes.isEmpty()) {
            return Optional.empty();
        }
        Index index = Values.pick(random, indexes);
        String target = index.constraintName()
                .filter(c -> random.nextInt(3) == 0)
                .map(c -> "ON CONSTRAINT " + Identifier.quote(c))
                .orElseGet(() -> "("
                        + String.join(
                                ", ",
                                index.keys().stream()
                                        .map(k ->
                                                k.column().map(relation::quoted).orElse("(" + k.definition() + ")"))
                                        .toList())
                        + ")" + index.predicate().map(p -> " WHERE " + p).orElse(""));
        if (kind == Kind.INSERT_OR_NOTHING) {
            return Optional.of(" ON CONFLICT " + target + " DO NOTHING");
        }
        List<String> settable = new ArrayList<>(given);
        settable.removeAll(shape.uniqueColumns());
        if (settable.isEmpty()) {
            return Optional.empty();
        }
        Collections.shuffle(settable, random);
        String sets = String.join(
                ", ",
                settable.subList(0, 1 + random.nextInt(settable.size())).stream()
                        .map(c -> relation.quoted(c) + " = EXCLUDED." + relation.quoted(c))
                        .toList());
        return Optional.of(" ON CONFLICT " + target + " DO UPDATE SET " + sets);
    }

    private Optional<Draft> update(Kind kind, PresentRows present, long number) {
        Set<String> keyed = keyed();
        List<Column> settable = new ArrayList<>(writable().stream()
                .filter(c -> switch (kind) {
                    case UPDATE_NOTHING -> true;
                    case UPDATE_DEFAULTS -> mayTakeDefault(c, keyed);
                    case UPDATE_KEY -> shape.uniqueColumns().contains(c.name());
                    default -> !keyed.contains(c.name()) || isForeign(c);
                })
                .toList());
        Optional<String> where = conditions.of(present, kind == Kind.UPDATE_ROWS);
        if (settable.isEmpty() || where.isEmpty()) {
            return Optional.empty();
        }
        Collections.shuffle(settable, random);
        List<Column> set = settable.subList(0, Math.min(settable.size(), 1 + random.nextInt(3)));
        Optional<Map<String, Optional<String>>> fresh =
                candidates.next(number, set.stream().map(Column::name).collect(Collectors.toSet()));
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        Set<String> undetermined = new LinkedHashSet<>();
        Map<String, String> assignments = new LinkedHashMap<>();
        for (Column column : withWholeKeys(set)) {
            String name = relation.quoted(column.name());
            Optional<String> value = fresh.get().getOrDefault(column.name(), Optional.empty());
            boolean byDefault = kind == Kind.UPDATE_DEFAULTS
                    || kind != Kind.UPDATE_NOTHING && mayTakeDefault(column, keyed) && random.nextInt(8) == 0;
            if (byDefault) {
                undetermined(column).ifPresent(undetermined::add);
            }
            assignments.put(
                    name,
                    kind == Kind.UPDATE_NOTHING
                            ? name
                            : byDefault
                                    ? "DEFAULT"
                                    : computed(column)
                                            .filter(e -> !keyed.contains(column.name()) && random.nextInt(4) == 0)
                                            .orElseGet(() -> PresentRows.literal(value)));
        }
        boolean asRow = assignments.size() > 1 && random.nextInt(4) == 0;
        String list = asRow
                ? "(" + String.join(", ", assignments.keySet()) + ") = (" + String.join(", ", assignments.values())
                        + ")"
                : String.join(
                        ", ",
                        assignments.entrySet().stream()
                                .map(e -> e.getKey() + " = " + e.getValue())
                                .toList());
        return Optional.of(finish(kind, "UPDATE " + name() + " SET " + list + where.get(), undetermined));
    }

    private boolean mayTakeDefault(Column column, Set<String> keyed) {
        return !keyed.contains(column.name())
                && omission(column, keyed) == Omission.ALLOWED
                && column.defaultExpression().isPresent();
    }

    /** A part of a composite foreign key is changed together with the others. */
    private List<Column> withWholeKeys(List<Column> set) {
        Set<Column> all = new LinkedHashSet<>(set);
        shape.table().foreignKeys().stream()
                .filter(key -> set.stream().anyMatch(c -> key.columns().contains(c.name())))
                .flatMap(key -> key.columns().stream())
                .filter(c -> relation.has(c) && !shape.uniqueColumns().contains(c))
                .forEach(
                        c -> writable().stream().filter(w -> w.name().equals(c)).forEach(all::add));
        return List.copyOf(all);
    }

    /** A new value made from the old one. */
    private Optional<String> computed(Column column) {
        String name = relation.quoted(column.name());
        String type = column.type().name().name();
        if (NUMBERS.contains(type)) {
            return Optional.of(name + Values.pick(random, List.of(" + 1", " - 1", " * 2")));
        }
        if (TEXTS.contains(type)) {
            return Optional.of(Values.pick(
                    random, List.of(name + " || '!'", "upper(" + name + ")", "coalesce(" + name + ", '')")));
        }
        return type.equals("bool") ? Optional.of("NOT " + name) : Optional.empty();
    }

    private Draft finish(Kind kind, String sql, Set<String> undetermined) {
        List<String> columns =
                new ArrayList<>(relation.columns().stream().map(Column::name).toList());
        // a row whose virtual columns cannot be computed would break whoever reads it afterwards
        List<String> computed = relation.columns().stream()
                .filter(column -> column.generated() == Column.Generated.VIRTUAL)
                .map(Column::name)
                .toList();
        if (columns.isEmpty() || computed.isEmpty() && random.nextInt(3) > 0) {
            return new Draft(kind, sql, false, undetermined);
        }
        Collections.shuffle(columns, random);
        Set<String> returned = new LinkedHashSet<>(columns.subList(0, 1 + random.nextInt(columns.size())));
        returned.addAll(computed);
        return new Draft(kind, sql + " RETURNING " + relation.quoted(List.copyOf(returned)), true, undetermined);
    }

    private List<Column> writable() {
        return shape.writable().stream().filter(c -> relation.has(c.name())).toList();
    }

    private Set<String> keyed() {
        Set<String> keyed = new LinkedHashSet<>(shape.uniqueColumns());
        shape.table().foreignKeys().forEach(key -> keyed.addAll(key.columns()));
        return keyed;
    }

    private boolean isForeign(Column column) {
        return !shape.uniqueColumns().contains(column.name())
                && shape.table().foreignKeys().stream()
                        .anyMatch(key -> key.columns().contains(column.name()));
    }

    private String name() {
        return relation.name().quoted();
    }
}
