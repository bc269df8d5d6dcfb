package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The values of a column: those of its type, or where it has to meet conditions, a stock of guesses that PostgreSQL said
 * meet them. Needs an open transaction.
 */
final class ColumnValues {

    private static final int LONGEST = 4_000;
    private static final int LONGEST_INDEXED = 300;
    private static final int STOCK = 300;
    /** Guesses for each value that a unique column needs. */
    private static final int GUESSES_PER_ROW = 3;

    private final Catalog catalog;
    private final Judge judge;

    ColumnValues(Catalog catalog, Judge judge) {
        this.catalog = catalog;
        this.judge = judge;
    }

    /** Empty when no guess meets the column's conditions. */
    Optional<Values> of(TableShape shape, Column column, long rows, Random random) {
        TypeRef type = column.type();
        boolean unique = shape.uniqueColumns().contains(column.name());
        boolean known = isKnown(type);
        Values values =
                new TypeValues(catalog, shape.indexed().contains(column.name()) ? LONGEST_INDEXED : LONGEST).of(type);
        List<CheckExpression> domainChecks = domainChecks(type);
        List<CheckExpression> own = shape.checksOf(column);
        List<CheckExpression> all = new ArrayList<>(domainChecks);
        shape.checks().stream().filter(c -> c.columns().contains(column.name())).forEach(all::add);
        MinedValues mined = all.isEmpty() ? new MinedValues(List.of(), List.of()) : MinedValues.of(type, all);
        List<String> literals = mined.guesses().isEmpty() ? List.of() : judge.valid(type, mined.guesses());
        if (known && own.isEmpty()) {
            return Optional.of(all.isEmpty() ? values : mixed(values, literals, mined.sources(), judge, type));
        }
        List<String> conditions =
                new ArrayList<>(own.stream().map(CheckExpression::sql).toList());
        domainChecks.forEach(check -> conditions.add(about(column.name(), check.sql())));
        Set<String> guesses = new LinkedHashSet<>(literals);
        long wanted = (unique ? GUESSES_PER_ROW * rows : 0) + STOCK;
        for (long i = 0; i < wanted; i++) {
            int source =
                    mined.sources().isEmpty() ? 0 : (int) (i % (mined.sources().size() + 1));
            guesses.add(
                    source > 0
                            ? mined.sources().get(source - 1).next(random)
                            : unique ? values.distinct(random, i) : values.next(random));
        }
        List<String> stock = judge.valid(type, base(type), column.name(), conditions, guesses);
        return stock.isEmpty() ? Optional.empty() : Optional.of(Values.of(stock));
    }

    /** The column is free by itself, but together with others it is not: half of its values are guesses. */
    private static Values mixed(Values values, List<String> literals, List<Values> sources, Judge judge, TypeRef type) {
        Random fixed = new Random(literals.size() * 31L + sources.size());
        Set<String> guesses = new LinkedHashSet<>();
        for (int i = 0; i < STOCK && !sources.isEmpty(); i++) {
            guesses.add(sources.get(i % sources.size()).next(fixed));
        }
        List<String> more = guesses.isEmpty() ? List.of() : judge.valid(type, guesses);
        if (literals.isEmpty() && more.isEmpty()) {
            return values;
        }
        return new Values() {
            @Override
            public String next(Random random) {
                List<String> stock = more.isEmpty() || (!literals.isEmpty() && random.nextBoolean()) ? literals : more;
                return random.nextInt(4) > 0 ? Values.pick(random, stock) : values.next(random);
            }

            @Override
            public String distinct(Random random, long number) {
                return random.nextInt(3) == 0 ? next(random) : values.distinct(random, number);
            }
        };
    }

    /** A domain's condition is about VALUE; here it is about a column. */
    private static String about(String column, String condition) {
        StringBuilder sql = new StringBuilder();
        int from = 0;
        for (Tokens.Token token : Tokens.of(condition)) {
            if (token.isWord("VALUE")) {
                sql.append(condition, from, token.start()).append(Identifier.quote(column));
                from = token.end();
            }
        }
        return sql.append(condition.substring(from)).toString();
    }

    private List<CheckExpression> domainChecks(TypeRef type) {
        List<CheckExpression> checks = new ArrayList<>();
        Optional<UserType> domain = domain(type);
        domain.stream()
                .flatMap(d -> d.constraints().stream())
                .filter(c -> c.kind() == Constraint.Kind.CHECK)
                .map(CheckExpression::of)
                .forEach(checks::add);
        domain.flatMap(UserType::baseType).ifPresent(base -> checks.addAll(domainChecks(base)));
        return checks;
    }

    private String base(TypeRef type) {
        return domain(type).flatMap(UserType::baseType).map(this::base).orElse(type.formatted());
    }

    private Optional<UserType> domain(TypeRef type) {
        return type.category() == TypeRef.Category.DOMAIN ? catalog.type(type.name()) : Optional.empty();
    }

    /** Whether every value made for the type is one. */
    private boolean isKnown(TypeRef type) {
        return switch (type.category()) {
            case ENUM -> true;
            case BASE, RANGE, MULTIRANGE -> type.name().schema().equals("pg_catalog") || isCommon(type);
            case ARRAY ->
                type.element()
                        .filter(e -> e.schema().equals("pg_catalog")
                                || catalog.type(e)
                                        .filter(t -> t.kind() == UserType.Kind.ENUM)
                                        .isPresent())
                        .isPresent();
            case COMPOSITE, DOMAIN, PSEUDO -> false;
        };
    }

    private static boolean isCommon(TypeRef type) {
        return Set.of("citext", "hstore").contains(type.name().name());
    }
}
