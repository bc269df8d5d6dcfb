package dev.sluice.lifecycle;

import java.util.List;

/** Types of every kind: enums, domains, arrays, ranges, composites, large values. */
final class TypeCases {

    static final String TYPED = """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE TYPE point2 AS (x int, y int);
            CREATE TABLE things (id int PRIMARY KEY, mood mood NOT NULL DEFAULT 'ok', size positive, at point2,
              tags text[] DEFAULT '{}', during int4range, doc jsonb, body text, photo oid, raw bytea);
            INSERT INTO things SELECT i, 'sad', i, ROW(i, i)::point2, ARRAY['a', 'b' || i], int4range(i, i + 5), '{"a": 1.0}',
              repeat(md5(i::text), 300), NULL, '\\x00ff' FROM generate_series(1, :rows) i;
            """;

    private TypeCases() {}

    private static LifecycleCase typed(String name, String up) {
        return LifecycleCase.of(name, TYPED, up)
                .withOld(
                        "INSERT INTO things (id, mood) VALUES (:n, 'happy')",
                        "UPDATE things SET size = 3 WHERE id = :id");
    }

    static List<LifecycleCase> all() {
        return List.of(
                typed("types: enum renamed", "ALTER TYPE mood RENAME TO feeling;"),
                typed("types: labels added and renamed", """
                        ALTER TYPE mood ADD VALUE 'great' AFTER 'ok';
                        ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
                        """)
                        .withNew("UPDATE things SET mood = 'great' WHERE id = :id"),
                typed("types: enum made anew", """
                        CREATE TYPE mood2 AS ENUM ('sad', 'ok', 'happy', 'great');
                        ALTER TABLE things ADD COLUMN mood_2 mood2;
                        UPDATE things SET mood_2 = mood::text::mood2;
                        ALTER TABLE things ALTER COLUMN mood_2 SET NOT NULL;
                        ALTER TABLE things DROP COLUMN mood;
                        DROP TYPE mood;
                        """)
                        .withDown("""
                        CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
                        ALTER TABLE things ADD COLUMN mood mood;
                        UPDATE things SET mood = CASE WHEN mood_2 = 'great' THEN 'happy' ELSE mood_2::text END::mood;
                        ALTER TABLE things DROP COLUMN mood_2;
                        """)
                        .withNew("UPDATE things SET mood_2 = 'great' WHERE id = :id"),
                typed("types: rename array, range, composite columns", """
                        ALTER TABLE things RENAME COLUMN tags TO labels;
                        ALTER TABLE things RENAME COLUMN during TO span;
                        ALTER TABLE things RENAME COLUMN at TO place;
                        ALTER TABLE things RENAME COLUMN size TO amount;
                        ALTER TABLE things RENAME COLUMN doc TO document;
                        ALTER TABLE things RENAME COLUMN raw TO bytes;
                        """)
                        .withNew(
                                "UPDATE things SET labels = '{x}', span = '[1,2]', place = ROW(1, 2), amount = 9 WHERE id = :id"),
                typed("types: rename a toasted column", "ALTER TABLE things RENAME COLUMN body TO content;")
                        .withOld(
                                "UPDATE things SET size = 3 WHERE id = :id",
                                "UPDATE things SET body = repeat('x', 9000) WHERE id = :id")
                        .withNew("UPDATE things SET content = repeat('y', 9000) WHERE id = :id"),
                typed("types: array and domain columns added", """
                        ALTER TABLE things ADD COLUMN more text[] NOT NULL DEFAULT '{}';
                        ALTER TABLE things ADD COLUMN pos positive;
                        ALTER TABLE things ADD COLUMN first_tag text;
                        UPDATE things SET first_tag = tags[1], pos = size;
                        """),
                typed("types: of a new table that is kept", """
                        CREATE TYPE colour AS ENUM ('red', 'green');
                        CREATE DOMAIN pieces AS int CHECK (VALUE >= 0);
                        CREATE SEQUENCE box_numbers;
                        CREATE FUNCTION fits(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n < 1000000000';
                        CREATE TABLE boxes (id int PRIMARY KEY, number bigint DEFAULT nextval('box_numbers'), colours colour[],
                          pieces pieces CHECK (fits(pieces)));
                        """)
                        .withNew("INSERT INTO boxes VALUES (:n, DEFAULT, '{red}', 1)"));
    }
}
