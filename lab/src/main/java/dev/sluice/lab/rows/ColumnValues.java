package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The values of a column: those of its type, or where it has to meet conditions, a stock of guesses that PostgreSQL said
 * meet them.
 */
final class ColumnValues {

    private static final int LONGEST = 4_000;
    private static final int LONGEST_INDEXED = 300;
    private static final int STOCK = 600;

    private final Catalog catalog;
    private final Judge judge;

    ColumnValues(Catalog catalog, Judge judge) {
        this.catalog = catalog;
        this.judge = judge;
    }

    /** Empty when no guess meets the column's conditions. */
    Optional<Values> of(TableShape shape, Column column, long rows, Random random) {
        boolean unique = shape.uniqueColumns().contains(column.name());
        Values values = new TypeValues(catalog, shape.indexed().contains(column.name()) ? LONGEST_INDEXED : LONGEST)
                .of(column.type());
        List<CheckExpression> checks = shape.checksOf(column);
        List<CheckExpression> conditions = new ArrayList<>(checks);
        conditions.addAll(domainChecks(column.type()));
        Set<String> mined = new LinkedHashSet<>(MinedValues.of(
                shape.checks().stream()
                        .filter(c -> c.columns().contains(column.name()))
                        .toList(),
                random));
        mined.addAll(MinedValues.of(conditions, random));
        boolean known = isKnown(column.type());
        if (known && mined.isEmpty()) {
            return Optional.of(values);
        }
        List<String> good = judge.valid(column.type(), column.name(), checks, mined);
        if (known && checks.isEmpty()) {
            return Optional.of(good.isEmpty() ? values : mixed(values, good));
        }
        Set<String> stock = new LinkedHashSet<>(good);
        Set<String> guesses = new LinkedHashSet<>();
        for (long i = 0; i < (unique ? 2 * rows : 0) + STOCK; i++) {
            guesses.add(unique && i % 2 == 0 ? values.distinct(random, i / 2) : values.next(random));
        }
        stock.addAll(judge.valid(column.type(), column.name(), checks, guesses));
        return stock.isEmpty() ? Optional.empty() : Optional.of(Values.of(List.copyOf(stock)));
    }

    private static Values mixed(Values values, List<String> mined) {
        return new Values() {
            @Override
            public String next(Random random) {
                return random.nextInt(3) > 0 ? Values.pick(random, mined) : values.next(random);
            }

            @Override
            public String distinct(Random random, long number) {
                return number < mined.size() ? mined.get((int) number) : values.distinct(random, number);
            }
        };
    }

    private List<CheckExpression> domainChecks(TypeRef type) {
        if (type.category() != TypeRef.Category.DOMAIN) {
            return List.of();
        }
        Optional<UserType> domain = catalog.type(type.name());
        List<CheckExpression> checks = new ArrayList<>();
        domain.stream()
                .flatMap(d -> d.constraints().stream())
                .filter(c -> c.kind() == Constraint.Kind.CHECK)
                .map(CheckExpression::of)
                .forEach(checks::add);
        domain.flatMap(UserType::baseType).ifPresent(base -> checks.addAll(domainChecks(base)));
        return checks;
    }

    /** Whether every value made for the type is one. */
    private boolean isKnown(TypeRef type) {
        return switch (type.category()) {
            case ENUM -> true;
            case BASE -> type.name().schema().equals("pg_catalog");
            case ARRAY, RANGE, MULTIRANGE -> type.name().schema().equals("pg_catalog");
            case COMPOSITE, DOMAIN, PSEUDO -> false;
        };
    }
}
