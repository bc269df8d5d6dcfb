package dev.sluice.lab.bench.tool;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scripts for the linter to read, always the same: a project's small migrations, one long one, and one that is a dump. */
public final class LintFiles {
    /** As many as the project has that the linter's aims were set with; it has 63 kB in them. */
    public static final int FILES = 346;

    private static final int TABLES = 40;

    private LintFiles() {}

    /** {@value #FILES} migrations of one statement or a few, in their order. */
    public static List<String> project() {
        List<String> scripts = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            scripts.add(i < TABLES ? table(i) : change(i));
        }
        return scripts;
    }

    /** The same as files of a project's directory. */
    public static Path write(Path scratch) throws IOException {
        Path directory = Files.createTempDirectory(scratch, "lint-");
        int number = 0;
        for (String script : project()) {
            String name = String.format(Locale.ROOT, "V%05d__change.sql", ++number);
            Files.writeString(directory.resolve(name), script);
        }
        return directory;
    }

    /** A script of that many lines: what somebody has open in an editor. */
    public static String lines(int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.chars().filter(c -> c == '\n').count() < lines; i++) {
            text.append(i % 8 == 0 ? table(1000 + i) : change(i));
        }
        return text.toString();
    }

    /** One file: half of its bytes statements as in the small ones, half INSERTs of ten rows as a dump has them. */
    public static Path dump(Path scratch, long bytes) throws IOException {
        Path file = Files.createTempDirectory(scratch, "lint-").resolve("V00001__dump.sql");
        long written = 0;
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = 0; written < bytes; i++) {
                String ddl = i < TABLES ? table(i) : change(i);
                StringBuilder block = new StringBuilder(ddl);
                for (int rows = 0; block.length() < 2 * ddl.length(); rows++) {
                    block.append(rows(i + rows));
                }
                out.append(block);
                written += block.length();
            }
        }
        return file;
    }

    private static String table(int number) {
        return String.format(Locale.ROOT, """
            CREATE TABLE "account_%1$d" (
              "id" uuid NOT NULL,
              PRIMARY KEY ("id"),
              "owner" varchar(64) NOT NULL,
              "state" text,
              "expires_at" timestamp NOT NULL DEFAULT now(),
              "parent_id" uuid
            );
            """, number);
    }

    private static String change(int number) {
        int table = number % TABLES;
        String sql = switch (number % 12) {
            case 0 -> "ALTER TABLE \"account_%1$d\" ADD COLUMN \"note_%2$d\" varchar(255);%n";
            case 1 -> "CREATE INDEX \"account_%1$d_%2$d_idx\" ON \"account_%1$d\" (owner, state);%n";
            case 2 -> "ALTER TABLE \"account_%1$d\" ADD COLUMN \"level_%2$d\" int NOT NULL DEFAULT 0;%n";
            case 3 ->
                "ALTER TABLE \"account_%1$d\" ADD CONSTRAINT \"account_%1$d_%2$d_fk\" FOREIGN KEY (\"parent_id\")"
                        + " REFERENCES \"account_0\" (\"id\") ON DELETE CASCADE;%n";
            case 4 -> "ALTER TABLE \"account_%1$d\" ALTER COLUMN \"owner\" TYPE varchar(128);%n";
            case 5 -> "UPDATE account_%1$d SET state = 'open' WHERE state IS NULL;%n";
            case 6 -> "ALTER TABLE \"account_%1$d\" ALTER COLUMN \"expires_at\" DROP NOT NULL;%n";
            case 7 -> "CREATE UNIQUE INDEX CONCURRENTLY \"account_%1$d_%2$d_key\" ON \"account_%1$d\" (id, owner);%n";
            case 8 -> "CREATE TABLE part_%2$d (id uuid PRIMARY KEY, owner text NOT NULL, data jsonb NOT NULL);%n";
            case 9 -> "ALTER TABLE \"account_%1$d\" DROP COLUMN IF EXISTS \"note_%2$d\";%n";
            case 10 -> "DROP INDEX IF EXISTS \"account_%1$d_%2$d_idx\";%n";
            default -> "-- nothing to be done for this database%nSELECT 1;%n";
        };
        return String.format(Locale.ROOT, sql, table, number);
    }

    private static String rows(int number) {
        StringBuilder sql = new StringBuilder("INSERT INTO account_" + number % TABLES + " (id, owner, state) VALUES");
        for (int i = 0; i < 10; i++) {
            sql.append(String.format(
                    Locale.ROOT,
                    "%s%n  ('00000000-0000-4000-8000-%012d', 'owner %d', 'open')",
                    i == 0 ? "" : ",",
                    i,
                    number));
        }
        return sql.append(";\n").toString();
    }
}
