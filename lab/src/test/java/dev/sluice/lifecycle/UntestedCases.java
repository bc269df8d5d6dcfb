package dev.sluice.lifecycle;

import java.util.List;

/**
 * What a study of tools with a view per version found in none of their suites, and where some break: search paths, names,
 * keys over several columns that have to survive, policies that read a column, rows of GENERATED ALWAYS keys.
 */
final class UntestedCases {

    private static final String WIDE = """
            CREATE TABLE lands (code int, part int, name text, PRIMARY KEY (code, part));
            CREATE TABLE towns (
              id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              land int, land_part int, title text NOT NULL, kind text DEFAULT 'town',
              CONSTRAINT towns_land FOREIGN KEY (land, land_part) REFERENCES lands MATCH FULL ON UPDATE CASCADE
            );
            CREATE INDEX towns_many ON towns (land DESC, lower(title), land_part) INCLUDE (kind) WHERE land > 0;
            INSERT INTO lands SELECT i, i, 'l' || i FROM generate_series(1, :rows) i;
            INSERT INTO towns (land, land_part, title) SELECT i, i, 't' || i FROM generate_series(1, :rows) i;
            """;

    private static final String OLD_TOWN = "INSERT INTO towns (land, land_part, title) VALUES (:id, :id, 'old')";

    private UntestedCases() {}

    static List<LifecycleCase> all() {
        return List.of(
                LifecycleCase.of("untested: a foreign key and an index over several columns follow a rename", WIDE, """
                        ALTER TABLE towns RENAME COLUMN land TO country;
                        """)
                        .withOld(OLD_TOWN)
                        .withNew("INSERT INTO towns (country, land_part, title) VALUES (:id, :id, 'new')"),
                LifecycleCase.of(
                                "untested: a foreign key over several columns is none of a column beside it",
                                WIDE,
                                "ALTER TABLE towns ALTER COLUMN kind TYPE varchar(400), ALTER COLUMN title SET DEFAULT '';")
                        .withOld(OLD_TOWN),
                LifecycleCase.of(
                                "untested: a policy that reads the column",
                                WIDE + """
                        ALTER TABLE towns ENABLE ROW LEVEL SECURITY;
                        CREATE POLICY titled ON towns USING (title <> '');
                        GRANT SELECT, INSERT, UPDATE ON towns TO pg_monitor;
                        """,
                                "ALTER TABLE towns RENAME COLUMN title TO label;")
                        .withOld(OLD_TOWN, "SET ROLE pg_monitor; SELECT title FROM towns WHERE id = :id; RESET ROLE")
                        .withNew("SET ROLE pg_monitor; SELECT label FROM towns WHERE id = :id; RESET ROLE"),
                LifecycleCase.of(
                                "untested: the writers' search_path in every form",
                                WIDE + "CREATE SCHEMA other; CREATE TABLE other.towns (id int);",
                                "ALTER TABLE public.towns RENAME COLUMN title TO label;")
                        .withOld(
                                path("other, public", "INSERT INTO public.towns (title) VALUES ('a:n')"),
                                path("public", "INSERT INTO towns (title) VALUES ('b:n')"),
                                path("public, other", "INSERT INTO towns (title) VALUES ('c:n')"))
                        .withNew(
                                path("''", "INSERT INTO public.towns (label) VALUES ('d:n')"),
                                path("\"$user\", public", "INSERT INTO towns (label) VALUES ('e:n')"),
                                path("\"Nobody's\", public", "INSERT INTO towns (label) VALUES ('f:n')")),
                LifecycleCase.of("untested: names with a dash, capitals and 61 bytes", """
                        CREATE TABLE "The-Table" ("Key" int PRIMARY KEY,
                          "a-column-of-exactly-sixty-one-bytes-which-leaves-no-room-for-x" text);
                        INSERT INTO "The-Table" SELECT i, 'v' || i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE "The-Table"
                          RENAME COLUMN "a-column-of-exactly-sixty-one-bytes-which-leaves-no-room-for-x" TO "Short";
                        ALTER TABLE "The-Table" ADD COLUMN "Up-Per" text;
                        UPDATE "The-Table" SET "Up-Per" = upper("Short");
                        """)
                        .withOld("INSERT INTO \"The-Table\" (\"Key\") VALUES (:n)")
                        .withNew("UPDATE \"The-Table\" SET \"Short\" = 'x' WHERE \"Key\" = :id"),
                LifecycleCase.of("untested: there and back with a value that the way back changes", WIDE, """
                        ALTER TABLE towns ADD COLUMN size int;
                        UPDATE towns SET size = length(title);
                        ALTER TABLE towns DROP COLUMN title;
                        """)
                        .withDown("""
                        ALTER TABLE towns ADD COLUMN title text;
                        UPDATE towns SET title = repeat('x', size);
                        ALTER TABLE towns ALTER COLUMN title SET NOT NULL;
                        ALTER TABLE towns DROP COLUMN size;
                        """)
                        .withOld(OLD_TOWN)
                        .withNew("INSERT INTO towns (size) VALUES (3)"));
    }

    private static String path(String searchPath, String statement) {
        return "SET search_path TO " + searchPath + "; " + statement + "; RESET search_path";
    }

    static List<RefusedCase> refused() {
        return List.of(new RefusedCase(
                "a block that does more than make one thing",
                WIDE,
                "DO $$ BEGIN UPDATE towns SET kind = 'x'; DELETE FROM lands WHERE code < 0; END $$;",
                "opaque-sql",
                1,
                "plain statements"));
    }
}
