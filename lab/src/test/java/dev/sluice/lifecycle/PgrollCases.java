package dev.sluice.lifecycle;

import static dev.sluice.lifecycle.Expect.rejects;
import static dev.sluice.lifecycle.Expect.sees;

import java.util.List;
import java.util.stream.Stream;

/**
 * What migration tools with a view per version promise, on the one table that both versions share here. The numbers are
 * those of our list of such behaviours.
 */
final class PgrollCases {

    static final String USERS = """
            CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, email text);
            INSERT INTO users SELECT i, 'name' || i, 'user' || i || '@example.com' FROM generate_series(1, :rows) i;
            """;

    static final String REVIEWS = """
            CREATE TABLE reviews (id int PRIMARY KEY, product text NOT NULL, review text);
            INSERT INTO reviews SELECT i, 'p' || i, CASE WHEN i % 2 = 0 THEN 'r' || i END FROM generate_series(1, :rows) i;
            """;

    static final String STAFF = """
            CREATE TABLE departments (id int PRIMARY KEY, name text);
            CREATE TABLE employees (id int PRIMARY KEY, name text, department_id int);
            INSERT INTO departments SELECT i, 'd' || i FROM generate_series(1, :rows) i;
            INSERT INTO employees SELECT i, 'e' || i, i + 5 FROM generate_series(1, :rows) i;
            """;

    static final String OLD_USER = "INSERT INTO users (id, name) VALUES (:n, 'Alice')";
    static final String OLD_REVIEW = "INSERT INTO reviews (id, product, review) VALUES (:n, 'p:n', 'r:n')";

    private PgrollCases() {}

    static List<LifecycleCase> all() {
        return Stream.of(added(), renamedAndDropped(), retyped(), small())
                .flatMap(List::stream)
                .toList();
    }

    private static List<LifecycleCase> added() {
        return List.of(
                LifecycleCase.of(
                                "pgroll 1: add with constant default",
                                USERS,
                                "ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT 0;")
                        .withOld(OLD_USER)
                        .withNew(sees(
                                "INSERT INTO users (id, name, age) VALUES (:n, 'Bob', 21)",
                                "SELECT age FROM users WHERE id = :n",
                                "'21'")),
                LifecycleCase.of(
                                "pgroll 2: add with an expression",
                                USERS,
                                "ALTER TABLE users ADD COLUMN description text; UPDATE users SET description = upper(name);")
                        .withOld(OLD_USER)
                        .withNew(sees(
                                "INSERT INTO users (id, name, description) VALUES (:n, 'banana', 'a yellow banana')",
                                "SELECT description FROM users WHERE id = :n",
                                "'a yellow banana'")),
                LifecycleCase.of("pgroll 3: add not null with an expression", USERS, """
                                ALTER TABLE users ADD COLUMN description text;
                                UPDATE users SET description = upper(name);
                                ALTER TABLE users ALTER COLUMN description SET NOT NULL;
                                """)
                        .withOld(OLD_USER)
                        .withNew(
                                "INSERT INTO users (id, name, description) VALUES (:n, 'banana', 'b')",
                                rejects("23502", "UPDATE users SET description = NULL WHERE id = :id")),
                LifecycleCase.of(
                                "pgroll 4: add not null with a volatile default",
                                USERS
                                        + "CREATE FUNCTION always_ten() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 10';",
                                "ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT always_ten();")
                        .withOld(OLD_USER)
                        .withNew(
                                "INSERT INTO users (id, name, age) VALUES (:n, 'bob', 21)",
                                rejects("23502", "INSERT INTO users (id, name, age) VALUES (:n, 'x', NULL)")),
                LifecycleCase.of(
                                "pgroll 5: add with default and check",
                                USERS,
                                "ALTER TABLE users ADD COLUMN age int DEFAULT 18 CONSTRAINT adult CHECK (age >= 18);")
                        .withOld(OLD_USER)
                        .withNew(
                                "INSERT INTO users (id, name, age) VALUES (:n, 'x', 30)",
                                rejects("23514", "INSERT INTO users (id, name, age) VALUES (:n, 'x', 3)")),
                LifecycleCase.of("pgroll 6: add foreign key column with an expression", STAFF, """
                                ALTER TABLE employees ADD COLUMN office_id int REFERENCES departments;
                                UPDATE employees SET office_id = 1;
                                ALTER TABLE employees ALTER COLUMN office_id SET NOT NULL;
                                """)
                        .withOld("INSERT INTO employees (id) VALUES (:n)")
                        .withNew(
                                "INSERT INTO employees (id, office_id) VALUES (:n, 2)",
                                rejects("23503", "INSERT INTO employees (id, office_id) VALUES (:n, -2)")),
                LifecycleCase.of(
                                "pgroll 7: add serial columns",
                                USERS,
                                "ALTER TABLE users ADD a smallserial, ADD b serial, ADD c bigserial;")
                        .withOld("INSERT INTO users (id, name) SELECT :n, 'x' WHERE (SELECT count(*) FROM users) < 900")
                        .withAnyValue("a", "b", "c"),
                LifecycleCase.of(
                                "pgroll 8: add with an expression, no key",
                                "CREATE TABLE t (name text); INSERT INTO t SELECT 'n' || i FROM generate_series(1, :rows) i;",
                                "ALTER TABLE t ADD COLUMN big text; UPDATE t SET big = upper(name);")
                        .withOld("INSERT INTO t (name) VALUES ('o:n')"));
    }

    private static List<LifecycleCase> renamedAndDropped() {
        return List.of(
                LifecycleCase.of("pgroll 9: rename table", USERS, "ALTER TABLE users RENAME TO renamed;")
                        .withOld(sees(OLD_USER, "SELECT name FROM users WHERE id = :n", "'Alice'"))
                        .withNew(sees(
                                "INSERT INTO renamed (id, name) VALUES (:n, 'Bob')",
                                "SELECT name FROM renamed WHERE id = :n",
                                "'Bob'")),
                LifecycleCase.of("pgroll 10: rename column", USERS, "ALTER TABLE users RENAME name TO username;")
                        .withOld(sees(OLD_USER, "SELECT name FROM users WHERE id = :n", "'Alice'"))
                        .withNew(sees(
                                "INSERT INTO users (id, username) VALUES (:n, 'Bob')",
                                "SELECT username FROM users WHERE id = :n",
                                "'Bob'")),
                LifecycleCase.of("pgroll 11: add then rename", USERS, """
                                ALTER TABLE users ADD COLUMN description text;
                                UPDATE users SET description = upper(name);
                                ALTER TABLE users RENAME COLUMN description TO item_description;
                                """)
                        .withOld(OLD_USER)
                        .withNew(
                                "INSERT INTO users (id, name, item_description) VALUES (:n, 'x', 'new')",
                                rejects("42703", "UPDATE users SET description = 'x' WHERE id = :id")),
                LifecycleCase.of("pgroll 12: rename table and column and change the type", """
                                CREATE TABLE fruit (id int PRIMARY KEY, name varchar(3));
                                INSERT INTO fruit SELECT i, 'abc' FROM generate_series(1, :rows) i;
                                """, """
                                ALTER TABLE fruit RENAME TO fruits;
                                ALTER TABLE fruits RENAME COLUMN name TO title;
                                ALTER TABLE fruits ALTER COLUMN title TYPE text;
                                """)
                        .withDown("""
                                ALTER TABLE fruits ALTER COLUMN title TYPE varchar(3)
                                  USING CASE WHEN length(title) > 3 THEN 'xxx' ELSE title END;
                                ALTER TABLE fruits RENAME COLUMN title TO name;
                                ALTER TABLE fruits RENAME TO fruit;
                                """)
                        .withOld("INSERT INTO fruit VALUES (:n, 'abc')")
                        .withNew("INSERT INTO fruits (id, title) VALUES (:n, 'abc')"),
                LifecycleCase.of("pgroll 13: drop a not null column", USERS, "ALTER TABLE users DROP COLUMN name;")
                        .withDown("ALTER TABLE users ADD COLUMN name text; UPDATE users SET name = upper(email);"
                                + " ALTER TABLE users ALTER COLUMN name SET NOT NULL;")
                        .withOld(OLD_USER)
                        .withNew(sees(
                                "INSERT INTO users (id, email) VALUES (:n, 'foo@example.com')",
                                "SELECT email FROM users WHERE id = :n",
                                "'foo@example.com'")),
                LifecycleCase.of("pgroll 14: reserved words", """
                                CREATE TABLE "order" (id int PRIMARY KEY, "array" text, "select" int DEFAULT 1);
                                INSERT INTO "order" SELECT i, 'a' || i FROM generate_series(1, :rows) i;
                                """, """
                                ALTER TABLE "order" DROP COLUMN "array";
                                ALTER TABLE "order" RENAME COLUMN "select" TO "from";
                                """)
                        .withOld("INSERT INTO \"order\" (id, \"array\", \"select\") VALUES (:n, 'x', 2)")
                        .withNew("INSERT INTO \"order\" (id, \"from\") VALUES (:n, 3)"),
                LifecycleCase.of("pgroll 15: drop table", USERS, "DROP TABLE users;")
                        .withOld(sees(OLD_USER, "SELECT name FROM users WHERE id = :n", "'Alice'")));
    }

    private static List<LifecycleCase> retyped() {
        return List.of(
                LifecycleCase.of("pgroll 17: text to int under a new name", """
                                CREATE TABLE reviews (id int PRIMARY KEY, rating text NOT NULL);
                                INSERT INTO reviews SELECT i, (i % 10)::text FROM generate_series(1, :rows) i;
                                """, """
                                ALTER TABLE reviews ADD COLUMN stars int;
                                UPDATE reviews SET stars = rating::int;
                                ALTER TABLE reviews ALTER COLUMN stars SET NOT NULL;
                                ALTER TABLE reviews DROP COLUMN rating;
                                """)
                        .withDown("""
                                ALTER TABLE reviews ADD COLUMN rating text;
                                UPDATE reviews SET rating = stars::text;
                                ALTER TABLE reviews DROP COLUMN stars;
                                """)
                        .withOld("INSERT INTO reviews (id, rating) VALUES (:n, '8')")
                        .withNew("INSERT INTO reviews (id, stars) VALUES (:n, 5)"),
                LifecycleCase.of(
                                "pgroll 19: type change keeps everything",
                                STAFF + """
                                DELETE FROM employees WHERE department_id > :rows;
                                ALTER TABLE employees ALTER department_id SET NOT NULL, ALTER department_id SET DEFAULT 1,
                                  ADD CONSTRAINT fk FOREIGN KEY (department_id) REFERENCES departments,
                                  ADD CONSTRAINT un UNIQUE (id, department_id), ADD CONSTRAINT ch CHECK (department_id > 0);
                                COMMENT ON COLUMN employees.department_id IS 'where';
                                COMMENT ON CONSTRAINT fk ON employees IS 'key';
                                """,
                                "ALTER TABLE employees ALTER COLUMN department_id TYPE bigint;")
                        .withRows(12_000)
                        .withOld(
                                "INSERT INTO employees (id, department_id) VALUES (:n, 1)",
                                rejects("23503", "INSERT INTO employees (id, department_id) VALUES (:n, 2000000000)"),
                                rejects("23514", "INSERT INTO employees (id, department_id) VALUES (:n, -1)"))
                        .withNew(
                                sees(
                                        "INSERT INTO employees (id) VALUES (:n)",
                                        "SELECT department_id FROM employees WHERE id = :n",
                                        "'1'"),
                                rejects("23502", "INSERT INTO employees (id, department_id) VALUES (:n, NULL)"),
                                rejects("23503", "INSERT INTO employees (id, department_id) VALUES (:n, 2000000000)")),
                LifecycleCase.of("pgroll 35: primary key to bigint", USERS, "ALTER TABLE users ALTER id TYPE bigint;")
                        .withRows(12_000)
                        .withOld(OLD_USER)
                        .withNew(OLD_USER),
                LifecycleCase.of("pgroll 36: type, check, not null and comment at once", REVIEWS, """
                                UPDATE reviews SET review = 'placeholder' WHERE review IS NULL OR length(review) < 2;
                                ALTER TABLE reviews ALTER COLUMN review TYPE varchar(200),
                                  ADD CONSTRAINT long_enough CHECK (length(review) > 1), ALTER COLUMN review SET NOT NULL;
                                COMMENT ON COLUMN reviews.review IS 'what they said';
                                """)
                        .withOld(OLD_REVIEW, "INSERT INTO reviews (id, product) VALUES (:n, 'x')")
                        .withNew(OLD_REVIEW));
    }

    private static List<LifecycleCase> small() {
        return List.of(
                LifecycleCase.of(
                                "pgroll 38: set a default",
                                USERS,
                                "ALTER TABLE users ALTER COLUMN email SET DEFAULT 'unknown';")
                        .withOld("INSERT INTO users (id, name) VALUES (:n, 'x')")
                        .withNew(sees(
                                "INSERT INTO users (id, name) VALUES (:n, 'x')",
                                "SELECT email FROM users WHERE id = :n",
                                "'unknown'")),
                LifecycleCase.of(
                                "pgroll 38: drop a default",
                                USERS + "ALTER TABLE users ALTER COLUMN email SET DEFAULT 'unknown';",
                                "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;")
                        .withOld(sees(
                                "INSERT INTO users (id, name) VALUES (:n, 'x')",
                                "SELECT email FROM users WHERE id = :n",
                                "'unknown'")),
                LifecycleCase.of(
                        "pgroll 39: comments",
                        USERS + "COMMENT ON COLUMN users.email IS 'before';",
                        "COMMENT ON COLUMN users.name IS 'the name'; COMMENT ON COLUMN users.email IS NULL;"),
                LifecycleCase.of("pgroll 40: indexes", USERS, """
                                CREATE INDEX plain ON users (name);
                                CREATE INDEX "MixedCase" ON users (email DESC NULLS LAST);
                                CREATE INDEX partial ON users (id) WHERE name <> '';
                                CREATE INDEX hashed ON users USING hash (name) WITH (fillfactor = 70);
                                """)
                        .withOld(OLD_USER)
                        .withNew(OLD_USER),
                LifecycleCase.of("pgroll 40: index on a renamed column", USERS, """
                                ALTER TABLE users RENAME COLUMN name TO username;
                                CREATE INDEX by_username ON users (username);
                                """)
                        .withOld(OLD_USER)
                        .withNew("INSERT INTO users (id, username) VALUES (:n, 'x')"));
    }

    static List<RefusedCase> refused() {
        return List.of(
                new RefusedCase(
                        "pgroll 16: drop a table and make another of its name",
                        USERS,
                        "DROP TABLE users;\nCREATE TABLE users (id int PRIMARY KEY, name text, age int);",
                        "same-name-cutover",
                        2,
                        "another name"),
                new RefusedCase(
                        "pgroll 17: text to int under one name",
                        USERS,
                        "ALTER TABLE users\n  ALTER COLUMN email TYPE int USING length(email);",
                        "same-name-cutover",
                        2,
                        "Add a column with a new name"),
                new RefusedCase(
                        "pgroll 18: type change with a default that does not follow",
                        USERS + "ALTER TABLE users ALTER COLUMN email SET DEFAULT 'none';",
                        "ALTER TABLE users ALTER COLUMN email TYPE int USING length(email);",
                        "same-name-cutover",
                        1,
                        "Add a column with a new name"));
    }
}
