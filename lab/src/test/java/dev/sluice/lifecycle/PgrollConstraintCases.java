package dev.sluice.lifecycle;

import static dev.sluice.lifecycle.Expect.rejects;

import java.util.List;
import java.util.stream.Stream;

/** The constraints and keys of {@link PgrollCases}. */
final class PgrollConstraintCases {

    private PgrollConstraintCases() {}

    static List<LifecycleCase> all() {
        return Stream.of(constrained(), keys()).flatMap(List::stream).toList();
    }

    private static List<LifecycleCase> constrained() {
        return List.of(
                LifecycleCase.of("pgroll 20: set not null with an expression", PgrollCases.REVIEWS, """
                                UPDATE reviews SET review = product || ' is good' WHERE review IS NULL;
                                ALTER TABLE reviews ALTER COLUMN review SET NOT NULL;
                                """)
                        .withOld(PgrollCases.OLD_REVIEW, "INSERT INTO reviews (id, product) VALUES (:n, 'x')")
                        .withNew(PgrollCases.OLD_REVIEW),
                LifecycleCase.of("pgroll 21: set not null with a way back", PgrollCases.REVIEWS, """
                                UPDATE reviews SET review = product || ' is good' WHERE review IS NULL;
                                ALTER TABLE reviews ALTER COLUMN review SET NOT NULL;
                                """)
                        .withDown("ALTER TABLE reviews ALTER COLUMN review DROP NOT NULL;")
                        .withOld(PgrollCases.OLD_REVIEW, "INSERT INTO reviews (id, product) VALUES (:n, 'x')")
                        .withNew(PgrollCases.OLD_REVIEW),
                LifecycleCase.of(
                                "pgroll 22: drop not null",
                                PgrollCases.REVIEWS + "DELETE FROM reviews WHERE review IS NULL;"
                                        + " ALTER TABLE reviews ALTER COLUMN review SET NOT NULL;",
                                "ALTER TABLE reviews ALTER COLUMN review DROP NOT NULL;")
                        .withDown("UPDATE reviews SET review = product || ' is good' WHERE review IS NULL;"
                                + " ALTER TABLE reviews ALTER COLUMN review SET NOT NULL;")
                        .withOld(PgrollCases.OLD_REVIEW)
                        .withNew("INSERT INTO reviews (id, product) VALUES (:n, 'apple')"),
                LifecycleCase.of("pgroll 23: set unique after making values unique", PgrollCases.REVIEWS, """
                                UPDATE reviews SET review = coalesce(review, 'none') || '-' || id;
                                ALTER TABLE reviews ADD CONSTRAINT one_review UNIQUE (review);
                                """)
                        .withOld(PgrollCases.OLD_REVIEW)
                        .withNew(PgrollCases.OLD_REVIEW),
                LifecycleCase.of(
                                "pgroll 24: set unique",
                                PgrollCases.REVIEWS,
                                "ALTER TABLE reviews ADD UNIQUE (review);")
                        .withDown("ALTER TABLE reviews DROP CONSTRAINT reviews_review_key;")
                        .withOld(PgrollCases.OLD_REVIEW)
                        .withNew(PgrollCases.OLD_REVIEW),
                LifecycleCase.of("pgroll 25: add a check after padding", PgrollCases.REVIEWS, """
                                UPDATE reviews SET review = lpad(review, 4, '-') WHERE length(review) < 4;
                                ALTER TABLE reviews ADD CONSTRAINT long_enough CHECK (length(review) > 3);
                                """)
                        .withOld(PgrollCases.OLD_REVIEW, "INSERT INTO reviews VALUES (:n, 'x', 'b')")
                        .withNew(PgrollCases.OLD_REVIEW),
                LifecycleCase.of(
                                "pgroll 26: drop a check",
                                PgrollCases.REVIEWS
                                        + "ALTER TABLE reviews ADD CONSTRAINT some_text CHECK (length(review) > 1);",
                                "ALTER TABLE reviews DROP CONSTRAINT some_text;")
                        .withDown("""
                                UPDATE reviews SET review = lpad(review, 2, '-') WHERE length(review) < 2;
                                ALTER TABLE reviews ADD CONSTRAINT some_text CHECK (length(review) > 1);
                                """)
                        .withOld(PgrollCases.OLD_REVIEW)
                        .withNew("INSERT INTO reviews VALUES (:n, 'x', 'd')"),
                LifecycleCase.of(
                                "pgroll 27: drop a foreign key",
                                PgrollCases.STAFF + """
                                DELETE FROM employees WHERE department_id > :rows;
                                ALTER TABLE employees ADD CONSTRAINT works_in FOREIGN KEY (department_id)
                                  REFERENCES departments;
                                """,
                                "ALTER TABLE employees DROP CONSTRAINT works_in;")
                        .withOld(rejects("23503", "INSERT INTO employees VALUES (:n, 'x', -3)"))
                        .withNew("INSERT INTO employees VALUES (:n, 'x', 3)"),
                LifecycleCase.of(
                                "pgroll 28: drop a unique over two columns",
                                PgrollCases.USERS + "ALTER TABLE users ADD CONSTRAINT name_email UNIQUE (name, email);",
                                "ALTER TABLE users DROP CONSTRAINT name_email;")
                        .withOld(rejects("23505", "INSERT INTO users VALUES (:n, 'name1', 'user1@example.com')"))
                        .withNew("INSERT INTO users VALUES (:n, 'name1', 'u:n')"),
                LifecycleCase.of("pgroll 29: foreign key on an existing column", PgrollCases.STAFF, """
                                UPDATE employees SET department_id = NULL
                                  WHERE NOT EXISTS (SELECT FROM departments d WHERE d.id = department_id);
                                ALTER TABLE employees ADD CONSTRAINT works_in FOREIGN KEY (department_id)
                                  REFERENCES departments;
                                """)
                        .withOld("INSERT INTO employees VALUES (:n, 'x', -3)")
                        .withNew("INSERT INTO employees VALUES (:n, 'x', 3)"),
                foreignKeyAction("NO ACTION"),
                foreignKeyAction("CASCADE"),
                foreignKeyAction("SET NULL"),
                foreignKeyAction("SET DEFAULT"));
    }

    private static LifecycleCase foreignKeyAction(String action) {
        return LifecycleCase.of(
                        "pgroll 30: foreign key on delete " + action,
                        PgrollCases.STAFF + "UPDATE employees SET department_id = id;",
                        "ALTER TABLE employees ADD FOREIGN KEY (department_id) REFERENCES departments ON DELETE "
                                + action + ";")
                .withOld("INSERT INTO employees VALUES (:n, 'x', 3)")
                .withNew("INSERT INTO employees VALUES (:n, 'x', 3)");
    }

    private static List<LifecycleCase> keys() {
        return List.of(
                LifecycleCase.of(
                                "pgroll 31: unique over two columns",
                                PgrollCases.USERS,
                                "ALTER TABLE users ADD CONSTRAINT name_email UNIQUE (name, email);")
                        .withOld("INSERT INTO users VALUES (:n, 'x:n', 'y')"),
                LifecycleCase.of(
                                "pgroll 32: check over two columns",
                                PgrollCases.USERS + "UPDATE users SET email = name WHERE id < 9;",
                                """
                                UPDATE users SET email = email || '@example.com' WHERE name = email;
                                ALTER TABLE users ADD CONSTRAINT differ CHECK (name <> email);
                                """)
                        .withOld("INSERT INTO users VALUES (:n, 'alice', 'alice')")
                        .withNew("INSERT INTO users VALUES (:n, 'alice', 'bob')"),
                LifecycleCase.of("pgroll 33: foreign key over two columns", """
                                CREATE TABLE places (y int, x int, PRIMARY KEY (y, x));
                                CREATE TABLE visits (id int PRIMARY KEY, b int, a int);
                                INSERT INTO places SELECT i, i + 1 FROM generate_series(1, :rows) i;
                                INSERT INTO visits SELECT i, i, i + 1 FROM generate_series(1, :rows) i;
                                """, """
                                ALTER TABLE visits ADD CONSTRAINT place FOREIGN KEY (b, a) REFERENCES places (y, x)
                                  MATCH FULL ON UPDATE CASCADE;
                                """)
                        .withOld("INSERT INTO visits VALUES (:n, 2, 3)")
                        .withNew("INSERT INTO visits VALUES (:n, 2, 3)"),
                LifecycleCase.of("pgroll 34: primary key over two columns, one filled by random values", """
                                CREATE TABLE t (a text NOT NULL);
                                INSERT INTO t SELECT 'a' || i FROM generate_series(1, :rows) i;
                                """, """
                                ALTER TABLE t ADD COLUMN b uuid DEFAULT gen_random_uuid();
                                ALTER TABLE t ADD PRIMARY KEY (a, b);
                                """)
                        .withAnyValue("b")
                        .withOld("INSERT INTO t VALUES ('x:n')"),
                LifecycleCase.of("pgroll 37: two changes of one column", PgrollCases.REVIEWS, """
                                UPDATE reviews SET review = initcap(review) WHERE review <> initcap(review);
                                ALTER TABLE reviews ADD CONSTRAINT capital CHECK (review = initcap(review));
                                UPDATE reviews SET review = 'Nothing' WHERE review IS NULL;
                                ALTER TABLE reviews ALTER COLUMN review SET NOT NULL;
                                """)
                        .withOld(PgrollCases.OLD_REVIEW, "INSERT INTO reviews (id, product) VALUES (:n, 'x')")
                        .withNew("INSERT INTO reviews VALUES (:n, 'x', 'R')"));
    }
}
