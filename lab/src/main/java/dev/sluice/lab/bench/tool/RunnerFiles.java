package dev.sluice.lab.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The same migrations for all runners: {@code sql/V00001__….sql}, and {@code liquibase/} with a changelog. */
public final class RunnerFiles {
    private RunnerFiles() {}

    /** @param count at most 99,999 */
    public static Path write(Path scratch, int count) throws IOException {
        Path directory = Files.createTempDirectory(scratch, "runners-");
        Path plain = Files.createDirectories(directory.resolve("sql"));
        Path changes = Files.createDirectories(directory.resolve("liquibase/changes"));
        for (int i = 1; i <= count; i++) {
            String name = String.format(Locale.ROOT, "V%05d__change.sql", i);
            String sql = sql(i - 1);
            Files.writeString(plain.resolve(name), sql);
            Files.writeString(
                    changes.resolve(name), "--liquibase formatted sql\n\n--changeset bench:" + i + "\n" + sql);
        }
        Files.writeString(directory.resolve("liquibase/changelog.xml"), """
            <?xml version="1.0" encoding="UTF-8"?>
            <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                  http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
              <includeAll path="changes/"/>
            </databaseChangeLog>
            """);
        return directory;
    }

    /** What projects do most: tables, columns, indexes, references. */
    private static String sql(int number) {
        int table = number / 5;
        return String.format(
                Locale.ROOT,
                switch (number % 5) {
                    case 0 ->
                        "CREATE TABLE customer_%1$d (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                                + " name text NOT NULL, created timestamptz NOT NULL DEFAULT now());%n";
                    case 1 -> "ALTER TABLE customer_%1$d ADD COLUMN visits int NOT NULL DEFAULT 0;%n";
                    case 2 -> "CREATE INDEX customer_%1$d_name ON customer_%1$d (name);%n";
                    case 3 ->
                        "CREATE TABLE purchase_%1$d (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                                + " customer_id bigint NOT NULL REFERENCES customer_%1$d, cents bigint NOT NULL);%n";
                    default ->
                        "ALTER TABLE customer_%1$d ADD COLUMN email text;%n"
                                + "ALTER TABLE customer_%1$d ADD CONSTRAINT email_%1$d CHECK (email LIKE '%%@%%');%n";
                },
                table);
    }
}
