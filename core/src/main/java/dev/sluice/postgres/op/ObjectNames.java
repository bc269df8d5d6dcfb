package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names of things that are no tables, as statements write them. Pure. */
final class ObjectNames {

    /** What a type is called in {@code pg_get_function_identity_arguments}, by what the grammar calls it. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("int4", "integer"),
            Map.entry("int", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("float8", "double precision"),
            Map.entry("float4", "real"),
            Map.entry("varchar", "character varying"),
            Map.entry("bpchar", "character"),
            Map.entry("timestamptz", "timestamp with time zone"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("varbit", "bit varying"),
            Map.entry("timetz", "time with time zone"),
            Map.entry("time", "time without time zone"));

    private ObjectNames() {}

    static Optional<String> schema(List<String> parts) {
        return parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty();
    }

    static String last(List<String> parts) {
        return parts.get(parts.size() - 1);
    }

    /** Where a thing of this name would be made. */
    static QualifiedName toCreate(Catalog catalog, List<String> parts) {
        return QualifiedName.of(schema(parts).orElse(catalog.creationSchema()), last(parts));
    }

    /** A type as {@code format_type} prints it, without schema, as far as the grammar's name tells. */
    static String type(Node typeName) {
        List<String> names = typeName.strings("names");
        String name = last(names);
        String array = typeName.list("arrayBounds").isEmpty() ? "" : "[]";
        // of the grammar's own types the names are keywords
        String printed = schema(names).equals(Optional.of("pg_catalog")) ? name : Identifier.quote(name);
        return TYPES.getOrDefault(name, printed) + array;
    }
}
