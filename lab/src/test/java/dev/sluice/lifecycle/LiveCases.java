package dev.sluice.lifecycle;

import java.util.List;

/** What nobody's tests of tools like this one cover: applications of lesser rights, long transactions, wide indexes. */
final class LiveCases {

    private static final String LINES = """
            CREATE TABLE docs (tenant int, no int, title text NOT NULL, PRIMARY KEY (tenant, no));
            CREATE TABLE lines (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              tenant int NOT NULL, doc int NOT NULL, amount int NOT NULL, note text,
              FOREIGN KEY (tenant, doc) REFERENCES docs ON DELETE CASCADE
            );
            CREATE INDEX lines_wide ON lines (tenant, amount DESC NULLS LAST) INCLUDE (note) WHERE amount > 3;
            CREATE INDEX lines_lower ON lines (lower(note) text_pattern_ops, (amount * 2));
            CREATE UNIQUE INDEX lines_once ON lines (tenant, doc, id) WITH (fillfactor = 70);
            INSERT INTO docs SELECT 1, i, 't' || i FROM generate_series(1, :rows) i;
            INSERT INTO lines (tenant, doc, amount, note) SELECT 1, i, i, 'n' || i FROM generate_series(1, :rows) i;
            GRANT SELECT, INSERT, UPDATE, DELETE ON docs, lines TO pg_monitor;
            """;

    /** Owns nothing, and has no right in any schema of Sluice's. */
    private static String asApplication(String statement) {
        return "SET ROLE pg_monitor; " + statement + "; RESET ROLE";
    }

    private LiveCases() {}

    static List<LifecycleCase> all() {
        return List.of(
                LifecycleCase.of("live: the application's role owns nothing", LINES, """
                                ALTER TABLE lines RENAME COLUMN note TO remark;
                                ALTER TABLE lines ADD COLUMN loud text;
                                UPDATE lines SET loud = upper(remark);
                                """)
                        .withOld(
                                asApplication(
                                        "INSERT INTO lines (tenant, doc, amount, note) SELECT 1, min(no), 5, 'old:n' FROM docs"),
                                asApplication("UPDATE lines SET note = 'changed:n' WHERE id = :id"))
                        .withNew(
                                asApplication(
                                        "INSERT INTO lines (tenant, doc, amount, remark) SELECT 1, min(no), 5, 'new:n' FROM docs"),
                                asApplication("UPDATE lines SET remark = 'changed:n', loud = 'L' WHERE id = :id")),
                LifecycleCase.of("live: wide indexes and keys of several columns follow their columns", LINES, """
                                ALTER TABLE lines RENAME COLUMN amount TO quantity;
                                ALTER TABLE lines RENAME COLUMN tenant TO client;
                                """)
                        .withOld("UPDATE lines SET amount = amount + 1 WHERE id = :id")
                        .withNew("UPDATE lines SET quantity = quantity + 1 WHERE id = :id"),
                LifecycleCase.of(
                                "live: transactions that last while indexes are built",
                                LINES,
                                "CREATE INDEX lines_doc ON lines (doc, amount); DROP INDEX lines_lower;")
                        .withOld(
                                "BEGIN; UPDATE lines SET amount = amount + 1 WHERE id = :id; SELECT pg_sleep(0.3); COMMIT"),
                LifecycleCase.of("live: there and back again", LINES, """
                                ALTER TABLE docs ADD COLUMN label text;
                                UPDATE docs SET label = '#' || no || ' ' || title;
                                ALTER TABLE docs DROP COLUMN title;
                                """)
                        .withDown("""
                                ALTER TABLE docs ADD COLUMN title text;
                                UPDATE docs SET title = substring(label FROM position(' ' IN label) + 1);
                                ALTER TABLE docs ALTER COLUMN title SET NOT NULL;
                                ALTER TABLE docs DROP COLUMN label;
                                """)
                        .withOld("INSERT INTO docs (tenant, no, title) VALUES (2, :n, 'a b c')")
                        .withNew(Expect.sees(
                                "INSERT INTO docs (tenant, no, label) VALUES (3, :n, '#:n a b')",
                                "SELECT label FROM docs WHERE tenant = 3 AND no = :n",
                                "'#:n a b'")));
    }
}
