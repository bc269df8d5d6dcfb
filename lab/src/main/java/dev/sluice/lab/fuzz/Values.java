package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** SQL expressions that make a value of a type from a row's number. Different numbers give different values where the type allows it. */
final class Values {

    private static final Map<String, String> BUILTIN = Map.ofEntries(
            Map.entry("int2", "@ % 30000"),
            Map.entry("int4", "@ * 3"),
            Map.entry("int8", "@ * 1000003::bigint"),
            Map.entry("numeric", "@ / 4.0"),
            Map.entry("float4", "@ / 8.0"),
            Map.entry("float8", "@ / 16.0"),
            Map.entry("bool", "@ % 3 = 0"),
            Map.entry("text", "'v' || @"),
            Map.entry("varchar", "'w' || @"),
            Map.entry("bpchar", "'c' || @"),
            Map.entry("date", "date '2020-01-01' + @"),
            Map.entry("timestamp", "timestamp '2020-01-01' + @ * interval '1 hour 1 second'"),
            Map.entry("timestamptz", "timestamptz '2020-01-01 00:00Z' + @ * interval '1 hour 1.5 second'"),
            Map.entry("time", "time '00:00' + @ * interval '7 second'"),
            Map.entry("interval", "@ * interval '11 minute'"),
            Map.entry("uuid", "md5((@)::text)"),
            Map.entry("json", "json_build_object('a', @, 'b', 'x')"),
            Map.entry("jsonb", "jsonb_build_object('a', @, 'b', 'x')"),
            Map.entry("bytea", "decode(md5((@)::text), 'hex')"),
            Map.entry("int4range", "int4range(@, @ + 5)"),
            Map.entry("inet", "inet '10.0.0.0' + @"),
            Map.entry("bit", "(@ % 200)::bit(8)"),
            Map.entry("varbit", "(@ % 200)::bit(8)"),
            Map.entry("tsvector", "to_tsvector('simple', 'word' || @)"),
            Map.entry("point", "point(@, 1)"),
            Map.entry("citext", "'Ci' || @"));

    private Values() {}

    /** For a built-in type by its catalog name, such as {@code int4}; {@code @} in the template is the number. */
    static String builtin(String name, String sqlType, String number) {
        String template = Optional.ofNullable(BUILTIN.get(name)).orElseThrow();
        return "(" + template.replace("@", number) + ")::" + sqlType;
    }

    /** Empty for types nobody has told this class about. */
    static Optional<String> of(TypeRef type, Catalog catalog, String number) {
        String cast = "::" + type.formatted();
        return switch (type.category()) {
            case BASE, RANGE ->
                Optional.ofNullable(BUILTIN.get(type.name().name()))
                        .map(template -> "(" + template.replace("@", number) + ")" + cast);
            case ARRAY ->
                type.element()
                        .flatMap(element -> element(element, catalog, number))
                        .map(value -> "ARRAY[" + value + "]" + cast);
            case ENUM -> catalog.type(type.name()).map(user -> label(user, number) + cast);
            case DOMAIN ->
                catalog.type(type.name())
                        .flatMap(UserType::baseType)
                        .flatMap(base -> of(base, catalog, number))
                        .map(value -> "(" + value + ")" + cast);
            case COMPOSITE ->
                catalog.type(type.name())
                        .map(user -> user.attributes().stream()
                                .map(a -> of(a.type(), catalog, number).orElse("NULL"))
                                .collect(Collectors.joining(", ", "ROW(", ")" + cast)));
            case MULTIRANGE, PSEUDO -> Optional.empty();
        };
    }

    private static Optional<String> element(QualifiedName name, Catalog catalog, String number) {
        return catalog.type(name)
                .filter(user -> user.kind() == UserType.Kind.ENUM)
                .map(user -> label(user, number))
                .or(() -> Optional.ofNullable(BUILTIN.get(name.name())).map(t -> "(" + t.replace("@", number) + ")"));
    }

    private static String label(UserType user, String number) {
        return user.labels().stream().map(Identifier::literal).collect(Collectors.joining(", ", "(ARRAY[", "])"))
                + "[1 + (" + number + ") % " + user.labels().size() + "]";
    }
}
