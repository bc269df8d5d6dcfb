package dev.sluice.lab.fuzz;

import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One schema with rows, and the migration to take it through. Complete as text: running it needs no dice.
 *
 * @param before statements before the tables: schemas, types, functions
 * @param after statements after the tables and their rows: foreign keys, indexes, views, comments, grants
 * @param up the migration's statements, each without a semicolon; one may begin with comments
 * @param down its inverse; empty for none
 */
record Scenario(List<String> before, List<FuzzTable> tables, List<String> after, List<String> up, List<String> down) {

    /** Of the rows that a table is said to have: above what counts as small. */
    private static final int LARGE = 50_000;

    Scenario {
        before = List.copyOf(before);
        tables = List.copyOf(tables);
        after = List.copyOf(after);
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    /** Makes the schema and its rows; no statement of it depends on the order of evaluation. */
    String schema() {
        List<String> all = new ArrayList<>(before);
        tables.forEach(table -> all.addAll(table.statements()));
        all.addAll(after);
        return script(all);
    }

    /** Run where the plan is made: what the server believes about the sizes. */
    String statistics() {
        List<String> all = new ArrayList<>();
        for (FuzzTable table : tables) {
            all.add("ANALYZE " + table.name().quoted());
            if (table.seemsLarge()) {
                all.add("UPDATE pg_class SET reltuples = " + LARGE
                        + " WHERE reltuples > 0 AND oid IN (SELECT relid FROM"
                        + " pg_partition_tree(" + literal(table.name().quoted()) + ") UNION ALL SELECT "
                        + literal(table.name().quoted()) + "::regclass)");
            }
        }
        return script(all);
    }

    /** Tables that get the plan of large ones. */
    Set<QualifiedName> large() {
        return tables.stream()
                .filter(FuzzTable::seemsLarge)
                .map(FuzzTable::name)
                .collect(Collectors.toSet());
    }

    String upScript() {
        return script(up);
    }

    String downScript() {
        return script(down);
    }

    /** By way of a file, because that is where directives are understood. */
    Migration migration() {
        String back = down.isEmpty() ? "" : "\n-- migrate:down\n" + downScript();
        try {
            Path directory = Files.createTempDirectory("sluice-fuzz");
            Path file = directory.resolve("20260101000000_fuzz.sql");
            try {
                Files.writeString(file, "-- migrate:up\n\n" + upScript() + back);
                return new MigrationDirectory(directory)
                        .read("native")
                        .migrations()
                        .get(0);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Scenario withUp(List<String> statements) {
        return new Scenario(before, tables, after, statements, down);
    }

    Scenario withDown(List<String> statements) {
        return new Scenario(before, tables, after, up, statements);
    }

    Scenario withBefore(List<String> statements) {
        return new Scenario(statements, tables, after, up, down);
    }

    Scenario withAfter(List<String> statements) {
        return new Scenario(before, tables, statements, up, down);
    }

    Scenario withTables(List<FuzzTable> other) {
        return new Scenario(before, other, after, up, down);
    }

    private static String literal(String name) {
        return dev.sluice.sql.Identifier.literal(name);
    }

    private static String script(List<String> statements) {
        return statements.stream().map(s -> s + ";\n").collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return schema() + "-- statistics\n" + statistics() + "-- migrate:up\n" + upScript()
                + (down.isEmpty() ? "" : "-- migrate:down\n" + downScript());
    }
}
