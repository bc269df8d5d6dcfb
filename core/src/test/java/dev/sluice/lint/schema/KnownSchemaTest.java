package dev.sluice.lint.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;

class KnownSchemaTest {

    /** Every field of every part: one that a copy forgets is found here as soon as a statement below sets it. */
    @Test
    void aCopyIsEqualInAllItsFields() {
        KnownSchema schema = new KnownSchema();
        String sql = """
                CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'b';
                CREATE DOMAIN d AS int CHECK (VALUE > 0);
                CREATE TABLE t (id serial PRIMARY KEY, n varchar(5) DEFAULT 'x', m mood, CHECK (id > 0));
                CREATE UNLOGGED TABLE u (a int REFERENCES t) USING other;
                CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
                CREATE TABLE o OF mood_row;
                CREATE INDEX i ON t (lower(n)) WHERE id > 1;
                CREATE VIEW v (x) AS SELECT id FROM t;
                CREATE VIEW w AS SELECT * FROM t;
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';
                CREATE TRIGGER g BEFORE UPDATE OF n ON t FOR EACH ROW EXECUTE FUNCTION f();
                SET LOCAL lock_timeout = '1s'; SET search_path = other, public;
                ALTER TABLE elsewhere ADD COLUMN c int;
                INSERT INTO t VALUES (1);""";
        try (PgParser parser = new PgParser()) {
            Script.parse(parser, new SourceText("a.sql", sql)).statements().forEach(statement -> {
                schema.assume(statement.node());
                schema.apply(statement);
            });
        }

        KnownSchema copy = schema.copy(new IdentityHashMap<>());

        assertThat(copy)
                .usingRecursiveComparison()
                .ignoringFields("definitions")
                .isEqualTo(schema);
        assertThat(copy.tables()).doesNotContainAnyElementsOf(schema.tables());
    }
}
