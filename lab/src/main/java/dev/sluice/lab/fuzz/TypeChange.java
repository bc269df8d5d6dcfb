package dev.sluice.lab.fuzz;

import dev.sluice.lab.fuzz.Draw.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ALTER COLUMN … TYPE: what people change to what. */
final class TypeChange {

    /** The new type, and USING where PostgreSQL wants one; {@code @} is the column. */
    private record Change(String type, String using) {}

    private static final Map<String, List<Change>> CHANGES = Map.ofEntries(
            Map.entry("int2", List.of(to("integer"), to("bigint"), to("numeric"))),
            Map.entry("int4", List.of(to("bigint"), to("bigint"), to("numeric"), to("numeric(14, 2)"), to("text"))),
            Map.entry("int8", List.of(to("numeric"), to("integer"), to("text"))),
            Map.entry("numeric", List.of(to("numeric(20, 2)"), to("numeric"), to("double precision"), to("integer"))),
            Map.entry(
                    "varchar",
                    List.of(to("text"), to("varchar(80)"), to("varchar"), to("varchar(10)"), to("char(60)"))),
            Map.entry(
                    "text",
                    List.of(to("varchar(200)"), to("varchar"), to("text COLLATE \"C\""), to("bytea", "@::bytea"))),
            Map.entry("bpchar", List.of(to("text"), to("varchar(30)"), to("char(20)"))),
            Map.entry("timestamp", List.of(to("timestamptz"), to("timestamp(3)"), to("date"))),
            Map.entry("timestamptz", List.of(to("timestamp"), to("timestamptz(0)"))),
            Map.entry("date", List.of(to("timestamp"), to("timestamptz"), to("text"))),
            Map.entry("float4", List.of(to("double precision"), to("numeric"))),
            Map.entry("float8", List.of(to("numeric"), to("real"))),
            Map.entry("json", List.of(to("jsonb"), to("text"))),
            Map.entry("jsonb", List.of(to("json"), to("text"))),
            Map.entry("uuid", List.of(to("text"), to("varchar(40)"))),
            Map.entry("bool", List.of(to("integer", "@::integer"), to("text"), to("boolean", "NOT @"))),
            Map.entry("mood", List.of(to("text"), to("varchar(20)"))),
            Map.entry("positive", List.of(to("integer"), to("bigint"))),
            Map.entry("inet", List.of(to("text"))),
            Map.entry("time", List.of(to("time(0)"), to("interval"))),
            Map.entry("bit", List.of(to("varbit"), to("bit varying(20)"))));

    private TypeChange() {}

    private static Change to(String type) {
        return new Change(type, "");
    }

    private static Change to(String type, String using) {
        return new Change(type, using);
    }

    /**
     * The same change for each of them; they are of one type.
     *
     * @param allowed how often, of a hundred, the script allows that readers of the old type end at the swap
     */
    static Optional<List<String>> of(Draw draw, List<Place> places, int allowed) {
        List<Change> changes =
                CHANGES.getOrDefault(places.get(0).column().type().name().name(), List.of());
        return draw.dice()
                .any(changes)
                .map(change -> places.stream()
                        .map(place -> statement(draw, place, change, draw.dice().percent(allowed)))
                        .toList());
    }

    private static String statement(Draw draw, Place place, Change change, boolean allowed) {
        String using = change.using().isEmpty() && draw.dice().percent(15) ? "@::" + change.type() : change.using();
        String statement = "ALTER TABLE " + draw.name(place.table()) + " ALTER COLUMN " + place.name()
                + draw.dice().of(" TYPE ", " SET DATA TYPE ") + change.type()
                + (using.isEmpty() || using.contains("COLLATE") ? "" : " USING " + using.replace("@", place.name()));
        return allowed
                ? "-- sluice:allow same-name-cutover reason=\"the readers are stopped\"\n" + statement
                : statement;
    }
}
