package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Table;
import dev.sluice.lab.fuzz.Draw.Place;
import java.util.List;
import java.util.Optional;

/** UPDATE, DELETE and INSERT on rows that are there. */
final class DataForms {

    static final List<Form> ALL = List.of(
            new Form("update", 7, DataForms::update),
            new Form("delete", 4, DataForms::delete),
            new Form("insert", 4, DataForms::insert),
            new Form("insert from", 4, DataForms::insertFrom),
            new Form("update from", 4, DataForms::updateFrom));

    private DataForms() {}

    private static List<String> update(Draw draw) {
        return draw.column(c -> Draw.writable(c) && Draw.settled(c))
                .flatMap(place -> value(draw, place)
                        .map(value -> List.of("UPDATE " + draw.name(place.table()) + " SET "
                                + Fill.assignment(place, value)
                                + draw.column(place.table(), Draw::settled)
                                        .filter(other -> draw.dice().percent(70))
                                        .map(other -> " WHERE " + Fill.condition(draw, other))
                                        .orElse(""))))
                .orElse(List.of());
    }

    private static Optional<String> value(Draw draw, Place place) {
        Optional<ColumnType> type = draw.plainType(place.column());
        if (type.filter(ColumnType::isNumber).isPresent() && draw.dice().percent(60)) {
            return Optional.of(
                    draw.dice().of(place.name() + " + 1", "coalesce(" + place.name() + ", 0)", "-" + place.name()));
        }
        if (type.filter(ColumnType::isText).isPresent() && draw.dice().percent(60)) {
            return Optional.of(
                    draw.dice().of("upper(" + place.name() + ")", "coalesce(" + place.name() + ", 'none')", "NULL"));
        }
        return draw.constant(place.column().type());
    }

    private static List<String> delete(Draw draw) {
        return draw.column(Draw::settled)
                .map(place ->
                        List.of("DELETE FROM " + draw.name(place.table()) + " WHERE " + Fill.condition(draw, place)))
                .orElse(List.of());
    }

    private static List<String> insert(Draw draw) {
        return draw.table(t -> t.columns().stream().allMatch(Draw::settled))
                .flatMap((Table table) -> Rows.insert(
                        draw.catalog(),
                        table,
                        draw.name(table),
                        100_001,
                        100_000 + draw.dice().between(1, 3),
                        true))
                .map(sql -> List.of(sql + (draw.dice().percent(20) ? " ON CONFLICT DO NOTHING" : "")))
                .orElse(List.of());
    }

    /** Of the same type as a column of another table, so that its values can be read from there. */
    private static Optional<Place> like(Draw draw, Place place) {
        return draw.column(c -> Draw.settled(c)
                        && c.type().formatted().equals(place.column().type().formatted()))
                .filter(other -> !other.table().name().equals(place.table().name()));
    }

    private static List<String> insertFrom(Draw draw) {
        return draw.column(c -> Draw.writable(c) && Draw.settled(c))
                .filter(place -> place.table().columns().stream().allMatch(Draw::settled))
                .flatMap(place -> like(draw, place)
                        .flatMap(source -> Rows.copied(
                                draw.catalog(),
                                place.table(),
                                draw.name(place.table()),
                                place.column(),
                                source,
                                draw.name(source.table()))))
                .map(List::of)
                .orElse(List.of());
    }

    private static List<String> updateFrom(Draw draw) {
        return draw.column(c -> Draw.writable(c) && Draw.settled(c))
                .flatMap(place -> like(draw, place)
                        .map(source -> List.of("UPDATE " + draw.name(place.table()) + " SET "
                                + Fill.assignment(
                                        place,
                                        "(SELECT s FROM (SELECT " + source.name() + " AS s FROM "
                                                + draw.name(source.table()) + ") other ORDER BY s::text LIMIT 1)")
                                + draw.column(place.table(), Draw::settled)
                                        .filter(other -> draw.dice().percent(60))
                                        .map(other -> " WHERE " + Fill.condition(draw, other))
                                        .orElse(""))))
                .orElse(List.of());
    }
}
