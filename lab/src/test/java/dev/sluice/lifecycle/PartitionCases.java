package dev.sluice.lifecycle;

import java.util.List;

/** Partitions of every kind, and inheritance. */
final class PartitionCases {

    static final String PARTS = """
            CREATE TABLE m (id bigint NOT NULL, at date NOT NULL, kind text NOT NULL DEFAULT 'a', v int) PARTITION BY RANGE (at);
            CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY HASH (id);
            CREATE TABLE m_1_0 PARTITION OF m_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE m_1_1 PARTITION OF m_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            CREATE TABLE m_2 PARTITION OF m FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (kind);
            CREATE TABLE m_2_a PARTITION OF m_2 FOR VALUES IN ('a');
            CREATE TABLE m_2_x PARTITION OF m_2 DEFAULT;
            CREATE TABLE m_x PARTITION OF m DEFAULT;
            CREATE TABLE kinds (name text PRIMARY KEY);
            INSERT INTO kinds VALUES ('a'), ('b');
            INSERT INTO m SELECT i, date '2020-01-01' + (i % 900), CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END, i
              FROM generate_series(1, :rows) i;
            """;

    private PartitionCases() {}

    private static LifecycleCase parts(String name, String up) {
        return LifecycleCase.of(name, PARTS, up)
                .withOld(
                        "INSERT INTO m (id, at) VALUES (:n, '2020-05-05')",
                        "INSERT INTO m (id, at, kind, v) VALUES (:n, '2021-05-05', 'b', 4)",
                        "UPDATE m SET v = 2 WHERE id = :id");
    }

    static List<LifecycleCase> all() {
        return List.of(
                parts("partitions: add and fill a column", """
                        ALTER TABLE m ADD COLUMN w int;
                        UPDATE m SET w = v * 2;
                        """).withNew("UPDATE m SET w = 7 WHERE id = :id"),
                parts("partitions: rename a column", "ALTER TABLE m RENAME COLUMN v TO amount;")
                        .withNew("INSERT INTO m (id, at, amount) VALUES (:n, '2020-05-05', 3)"),
                parts("partitions: drop a column", "ALTER TABLE m DROP COLUMN v;")
                        .withNew("INSERT INTO m (id, at) VALUES (:n, '2020-05-05')"),
                parts("partitions: check", "ALTER TABLE m ADD CONSTRAINT v_small CHECK (v >= 0);"),
                parts("partitions: index", "CREATE INDEX m_v ON m (v DESC) WHERE v > 3;"),
                parts("partitions: index of the parent only", "CREATE INDEX m_v ON ONLY m USING hash (v);"),
                parts("partitions: index by hand, attached", """
                        CREATE INDEX at_2 ON ONLY m_2 (at, v);
                        CREATE INDEX CONCURRENTLY at_2_a ON m_2_a (at, v);
                        CREATE INDEX CONCURRENTLY at_2_x ON m_2_x (at, v);
                        ALTER INDEX at_2 ATTACH PARTITION at_2_a;
                        ALTER INDEX at_2 ATTACH PARTITION public.at_2_x;
                        """),
                parts("partitions: index of the parts first", """
                        CREATE INDEX CONCURRENTLY IF NOT EXISTS x_at ON m_x (at, v DESC);
                        CREATE INDEX CONCURRENTLY a_at ON m_2_a USING btree (at, v desc);
                        CREATE INDEX m_at ON m (at, v DESC);
                        """),
                parts("partitions: unique index", "CREATE UNIQUE INDEX once ON m (id, at, kind);"),
                parts("partitions: foreign key", "ALTER TABLE m ADD FOREIGN KEY (kind) REFERENCES kinds;")
                        .since(18),
                parts("partitions: primary key", "ALTER TABLE m ADD PRIMARY KEY (id, at, kind);")
                        .until(17),
                parts("partitions: unique constraint", """
                        ALTER TABLE m ALTER COLUMN v DROP DEFAULT;
                        ALTER TABLE m ADD CONSTRAINT once UNIQUE (at, id, kind) INCLUDE (v) WITH (fillfactor = 80) DEFERRABLE;
                        """),
                LifecycleCase.of(
                                "partitions: drop a key, an index and an indexed column",
                                PARTS + """
                        ALTER TABLE m ADD CONSTRAINT once UNIQUE (id, at, kind, v) DEFERRABLE;
                        CREATE INDEX m_v ON m (v DESC) WHERE v > 3;
                        CREATE INDEX m_at ON m (at);
                        ALTER TABLE m ADD COLUMN extra int;
                        CREATE INDEX m_extra ON m (id) WHERE extra IS NULL;
                        """,
                                "ALTER TABLE m DROP CONSTRAINT once;\nDROP INDEX m_at;\nALTER TABLE m DROP COLUMN extra;")
                        .withOld("UPDATE m SET v = 2 WHERE id = :id"),
                parts("partitions: default and comment", """
                        ALTER TABLE m ALTER COLUMN v SET DEFAULT 8; COMMENT ON COLUMN m.v IS 'amount'; GRANT SELECT ON m TO PUBLIC;
                        """),
                LifecycleCase.of("inheritance: add, fill and drop columns", """
                        CREATE TABLE base (id int PRIMARY KEY, name text NOT NULL, old text);
                        CREATE TABLE kid (extra int) INHERITS (base);
                        INSERT INTO base SELECT i, 'b' || i FROM generate_series(1, :rows) i;
                        INSERT INTO kid SELECT i + 5000, 'k' || i, 'o', i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE base ADD COLUMN age int DEFAULT 3;
                        ALTER TABLE base DROP COLUMN old;
                        ALTER TABLE kid ADD COLUMN twice int;
                        UPDATE kid SET twice = extra * 2;
                        """)
                        .withOld("INSERT INTO kid (id, name, extra) VALUES (:n, 'x', 4)"));
    }
}
