package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.lab.fuzz.Draw.Place;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ADD COLUMN and the UPDATE that fills it, perhaps followed by SET NOT NULL and by dropping what it was made from. */
final class Fill {

    private Fill() {}

    static Optional<List<String>> of(Draw draw, Table table) {
        return draw.column(table, Draw::settled).map(source -> {
            String target = draw.fresh("filled");
            String name = draw.name(table);
            Expression made = expression(draw, source);
            List<String> statements = new ArrayList<>();
            String standard = draw.dice().percent(15) ? made.standard() : "";
            statements.add("ALTER TABLE " + name + " ADD COLUMN " + target + " " + made.type() + standard);
            statements.add("UPDATE " + name + " SET " + target + " = " + made.sql()
                    + (draw.dice().percent(20) ? " WHERE " + condition(draw, source) : ""));
            if (draw.dice().percent(40)) {
                statements.add("ALTER TABLE " + name + " ALTER " + target + " SET NOT NULL");
            }
            if (draw.dice().percent(25) && table.columns().size() > 2) {
                statements.add("ALTER TABLE " + name + " DROP COLUMN " + source.name());
            }
            return List.copyOf(statements);
        });
    }

    private record Expression(String type, String sql, String standard) {}

    private static Expression expression(Draw draw, Place source) {
        String column = source.name();
        String other = draw.column(source.table(), c -> Draw.settled(c) && !isExotic(c))
                .map(Place::name)
                .orElse(column);
        Dice dice = draw.dice();
        boolean number =
                draw.plainType(source.column()).filter(ColumnType::isNumber).isPresent();
        if (number && dice.percent(60)) {
            return dice.of(
                    new Expression("numeric", column + " * 2", " DEFAULT 0"),
                    new Expression("numeric(20, 2)", "round(" + column + " / 3.0, 2)", " DEFAULT 1"),
                    new Expression("bigint", column, " DEFAULT 7"),
                    new Expression(
                            "text", "CASE WHEN " + column + " > 5 THEN 'many' ELSE 'few' END", " DEFAULT 'none'"),
                    new Expression("integer", "coalesce(" + column + ", 0) + 1", " DEFAULT 3"),
                    new Expression("boolean", column + " > 10", " DEFAULT false"));
        }
        if (dice.percent(8)) {
            Optional<Place> lookedUp = draw.column(Draw::settled)
                    .filter(p -> !p.table().name().equals(source.table().name()));
            if (lookedUp.isPresent()) {
                return new Expression(
                        "bigint",
                        "(SELECT max(length(looked.up)) FROM (SELECT "
                                + lookedUp.get().name() + "::text AS up FROM "
                                + draw.name(lookedUp.get().table()) + ") looked)",
                        " DEFAULT 0");
            }
        }
        if (isExotic(source.column())) {
            return new Expression("boolean", column + " IS NOT NULL", " DEFAULT true");
        }
        return dice.of(
                new Expression("text", "concat(" + column + ", ' ', " + other + ")", " DEFAULT ''"),
                new Expression("text", column + "::text", ""),
                new Expression("text", "lower(" + column + "::text)", " DEFAULT 'x'"),
                new Expression("integer", "length(" + column + "::text)", " DEFAULT 0"),
                new Expression("text", "coalesce(" + column + "::text, 'nothing')", ""),
                new Expression(source.column().type().formatted(), column, ""),
                new Expression("integer", Integer.toString(dice.between(1, 99)), " DEFAULT 5"),
                new Expression("boolean", "true", " DEFAULT false"),
                new Expression("jsonb", "jsonb_build_object('k', " + column + ")", ""));
    }

    private static boolean isExotic(Column column) {
        return switch (column.type().name().name()) {
            case "point", "pair" -> true;
            default -> false;
        };
    }

    static String condition(Draw draw, Place place) {
        String column = place.name();
        Optional<ColumnType> type = draw.plainType(place.column());
        if (type.filter(ColumnType::isNumber).isPresent()) {
            return draw.dice().of(column + " > 5", column + " % 2 = 0", column + " BETWEEN 1 AND 20");
        }
        return draw.dice().of(column + " IS NOT NULL", column + " IS NULL", "NOT (" + column + " IS NULL)");
    }

    /** A column's name as an assignment's target. */
    static String assignment(Place place, String value) {
        return Identifier.quote(place.column().name()) + " = " + value;
    }
}
