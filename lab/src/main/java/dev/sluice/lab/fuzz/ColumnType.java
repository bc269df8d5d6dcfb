package dev.sluice.lab.fuzz;

import java.util.List;

/**
 * A built-in type of a generated column.
 *
 * @param base its name in {@code pg_type}
 * @param key whether its values make a key: distinct for distinct rows, with a btree order
 */
record ColumnType(String sql, String base, boolean key) {

    static final List<ColumnType> ALL = List.of(
            new ColumnType("integer", "int4", true),
            new ColumnType("bigint", "int8", true),
            new ColumnType("smallint", "int2", true),
            new ColumnType("numeric(12, 2)", "numeric", true),
            new ColumnType("numeric", "numeric", true),
            new ColumnType("text", "text", true),
            new ColumnType("varchar(40)", "varchar", true),
            new ColumnType("char(12)", "bpchar", true),
            new ColumnType("uuid", "uuid", true),
            new ColumnType("date", "date", true),
            new ColumnType("timestamptz", "timestamptz", true),
            new ColumnType("timestamp", "timestamp", true),
            new ColumnType("inet", "inet", true),
            new ColumnType("bytea", "bytea", true),
            new ColumnType("boolean", "bool", false),
            new ColumnType("real", "float4", false),
            new ColumnType("double precision", "float8", false),
            new ColumnType("time", "time", false),
            new ColumnType("interval", "interval", false),
            new ColumnType("jsonb", "jsonb", false),
            new ColumnType("json", "json", false),
            new ColumnType("int4range", "int4range", false),
            new ColumnType("bit(8)", "bit", false),
            new ColumnType("tsvector", "tsvector", false),
            new ColumnType("point", "point", false));

    static final List<ColumnType> KEYS = ALL.stream().filter(ColumnType::key).toList();

    String value(String number) {
        return Values.builtin(base, sql, number);
    }

    boolean isText() {
        return base.equals("text") || base.equals("varchar");
    }

    boolean isNumber() {
        return base.equals("int4") || base.equals("int8") || base.equals("int2") || base.equals("numeric");
    }
}
