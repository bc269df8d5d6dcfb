package dev.sluice.lifecycle;

import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One migration to take through its whole life.
 *
 * @param schema statements that make the schema before it and its rows; {@code :rows} stands for how many
 * @param up the naive script
 * @param down its inverse; empty for none
 * @param oldVersion statements of the application before the deploy, run over and over while it may run; {@code :n} is a
 *     fresh number, {@code :id} that of an existing row
 * @param newVersion those of the application after it
 * @param rows how many its tables start with in the quick form
 * @param fewRowsOnly whether its plan is refused above the size that one transaction may change
 * @param firstVersion the first major version of PostgreSQL on which it is not refused
 * @param lastVersion the last one
 * @param anyValue columns whose values two plain runs would not agree on either: random ones, numbers from a sequence
 */
record LifecycleCase(
        String name,
        String schema,
        String up,
        String down,
        List<String> oldVersion,
        List<String> newVersion,
        List<String> anyValue,
        long rows,
        boolean fewRowsOnly,
        int firstVersion,
        int lastVersion) {

    LifecycleCase {
        oldVersion = List.copyOf(oldVersion);
        newVersion = List.copyOf(newVersion);
        anyValue = List.copyOf(anyValue);
    }

    static LifecycleCase of(String name, String schema, String up) {
        return new LifecycleCase(
                name, schema, up, "", List.of(), List.of(), List.of(), 300, false, 0, Integer.MAX_VALUE);
    }

    LifecycleCase withDown(String script) {
        return new LifecycleCase(
                name,
                schema,
                up,
                script,
                oldVersion,
                newVersion,
                anyValue,
                rows,
                fewRowsOnly,
                firstVersion,
                lastVersion);
    }

    LifecycleCase withOld(String... statements) {
        return new LifecycleCase(
                name,
                schema,
                up,
                down,
                List.of(statements),
                newVersion,
                anyValue,
                rows,
                fewRowsOnly,
                firstVersion,
                lastVersion);
    }

    LifecycleCase withNew(String... statements) {
        return new LifecycleCase(
                name,
                schema,
                up,
                down,
                oldVersion,
                List.of(statements),
                anyValue,
                rows,
                fewRowsOnly,
                firstVersion,
                lastVersion);
    }

    LifecycleCase withAnyValue(String... columns) {
        return new LifecycleCase(
                name,
                schema,
                up,
                down,
                oldVersion,
                newVersion,
                List.of(columns),
                rows,
                fewRowsOnly,
                firstVersion,
                lastVersion);
    }

    LifecycleCase withRows(long number) {
        return new LifecycleCase(
                name,
                schema,
                up,
                down,
                oldVersion,
                newVersion,
                anyValue,
                number,
                fewRowsOnly,
                firstVersion,
                lastVersion);
    }

    LifecycleCase withFewRowsOnly() {
        return new LifecycleCase(
                name, schema, up, down, oldVersion, newVersion, anyValue, rows, true, firstVersion, lastVersion);
    }

    LifecycleCase until(int version) {
        return new LifecycleCase(
                name, schema, up, down, oldVersion, newVersion, anyValue, rows, fewRowsOnly, firstVersion, version);
    }

    LifecycleCase since(int version) {
        return new LifecycleCase(
                name, schema, up, down, oldVersion, newVersion, anyValue, rows, fewRowsOnly, version, lastVersion);
    }

    String schema(long howManyRows) {
        return schema.replace(":rows", Long.toString(howManyRows));
    }

    /** The plain run goes as one multi-statement string. */
    String plainUp() {
        return up.replaceAll("(?i) CONCURRENTLY", "");
    }

    /** The case as the only migration of a project. */
    List<Migration> migrations(Path directory) {
        String back = down.isEmpty() ? "" : "\n-- migrate:down\n" + down + "\n";
        try {
            Files.writeString(directory.resolve("20260101000000_case.sql"), "-- migrate:up\n" + up + "\n" + back);
            return new MigrationDirectory(directory).read("native").migrations();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
