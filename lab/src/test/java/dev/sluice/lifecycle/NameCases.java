package dev.sluice.lifecycle;

import java.util.List;

/** Names that have to be quoted, that fill all 63 bytes, and that are looked for along a search path. */
final class NameCases {

    private NameCases() {}

    private static final String ODD = """
            CREATE SCHEMA "My Schema";
            CREATE TABLE "My Schema"."Ünïcode täble" (
              "Id" int PRIMARY KEY,
              "a ""quoted"" column" text NOT NULL,
              "column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_1" text,
              "column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_2" text
            );
            CREATE INDEX "an index; with semicolon" ON "My Schema"."Ünïcode täble" ("a ""quoted"" column");
            INSERT INTO "My Schema"."Ünïcode täble" SELECT i, 'a' || i, 'b' || i, 'c' || i FROM generate_series(1, :rows) i;
            """;

    static List<LifecycleCase> all() {
        return List.of(
                LifecycleCase.of("names: quoted, unicode, other schema", ODD, """
                        ALTER TABLE "My Schema"."Ünïcode täble" RENAME COLUMN "a ""quoted"" column" TO "größe";
                        ALTER TABLE "My Schema"."Ünïcode täble" ADD COLUMN "Neü" text;
                        UPDATE "My Schema"."Ünïcode täble" SET "Neü" = upper("größe");
                        ALTER TABLE "My Schema"."Ünïcode täble" ADD CONSTRAINT "Chéck" CHECK ("größe" <> '');
                        """)
                        .withOld(
                                "INSERT INTO \"My Schema\".\"Ünïcode täble\" (\"Id\", \"a \"\"quoted\"\" column\") VALUES (:n, 'x')")
                        .withNew("INSERT INTO \"My Schema\".\"Ünïcode täble\" (\"Id\", \"größe\") VALUES (:n, 'x')"),
                LifecycleCase.of("names: columns alike for 62 bytes", ODD, """
                        ALTER TABLE "My Schema"."Ünïcode täble" RENAME COLUMN
                          "column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_1" TO
                          "column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_3";
                        ALTER TABLE "My Schema"."Ünïcode täble" RENAME COLUMN
                          "column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_2" TO
                          "column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_4";
                        ALTER TABLE "My Schema"."Ünïcode täble" DROP COLUMN "a ""quoted"" column";
                        """)
                        .withOld(
                                "INSERT INTO \"My Schema\".\"Ünïcode täble\" (\"Id\", \"a \"\"quoted\"\" column\") VALUES (:n, 'x')"),
                LifecycleCase.of("names: table of 63 bytes and generated names", """
                        CREATE TABLE table_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_xx (id int, v text);
                        INSERT INTO table_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_xx
                          SELECT i, 'v' || i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE table_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_xx ADD PRIMARY KEY (id);
                        ALTER TABLE table_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_xx ADD UNIQUE (v);
                        ALTER TABLE table_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_xx ADD CHECK (v <> '');
                        CREATE INDEX ON table_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_xx (v, id);
                        ALTER TABLE table_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed_xx ADD COLUMN n serial;
                        """)
                        .withAnyValue("n"),
                LifecycleCase.of(
                        "names: a column of 63 bytes twice in an index", """
                        CREATE TABLE words (a_column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed text, "Größe %s" text);
                        INSERT INTO words SELECT i, i FROM generate_series(1, :rows) i;
                        """.replace("%s", "ß".repeat(27)), """
                        CREATE INDEX ON words (a_column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed,
                          a_column_with_a_name_of_exactly_sixty_three_bytes_as_is_allowed DESC);
                        CREATE INDEX ON words ("Größe %s", ("Größe %s"), "Größe %s" DESC);
                        """.replace(
                                        "%s", "ß".repeat(27))),
                LifecycleCase.of("names: search_path of the writers", ProjectCases.ACCOUNTS, """
                        ALTER TABLE accounts RENAME COLUMN login TO handle;
                        ALTER TABLE public.accounts ADD COLUMN up text;
                        UPDATE accounts SET up = upper(handle);
                        """)
                        .withOld(
                                "SET search_path TO pg_catalog; INSERT INTO public.accounts (login) VALUES ('a:n'); RESET search_path",
                                "SET search_path TO \"$user\", public, pg_temp; INSERT INTO accounts (login) VALUES ('b:n')",
                                "SET search_path TO ''; UPDATE public.accounts SET login = 'c:n' WHERE id = :id; RESET search_path")
                        .withNew(
                                "SET search_path TO ''; INSERT INTO public.accounts (handle, up) VALUES ('d:n', 'x'); RESET search_path"));
    }
}
