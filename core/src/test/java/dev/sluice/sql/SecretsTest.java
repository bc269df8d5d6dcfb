package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parser.PgParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    /** What is left is SQL as before, so that a plan can still be read by eyes and parsers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ROLE r LOGIN PASSWORD 'hunter2'",
                "CREATE ROLE r PASSWORD /* not */ 'hunter2' -- hunter",
                "alter user r with encrypted password E'hun\\'hunter2'",
                "ALTER ROLE r PASSWORD $p$it's hunter2$p$",
                "ALTER ROLE r PASSWORD U&'hunter2\\0041'",
                "CREATE USER MAPPING FOR r SERVER s OPTIONS (user 'u', password 'hunter2')",
                "CREATE USER MAPPING FOR r SERVER s OPTIONS (\"password\" 'hunter2')",
                "ALTER USER MAPPING FOR r SERVER s OPTIONS (SET secret_key 'hunter2')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2 user=u' PUBLICATION p",
                "ALTER SUBSCRIPTION s CONNECTION 'host=h password=''hunter2 x'' user=u'",
                "CREATE SUBSCRIPTION s CONNECTION 'postgres://u:hunter2@h/d' PUBLICATION p",
                "SELECT dblink_connect('host=h password=hunter2')",
                "DO $$ BEGIN CREATE ROLE r PASSWORD 'hunter2'; END $$",
                "DO $a$ BEGIN EXECUTE 'CREATE ROLE r PASSWORD ''hunter2'''; END $a$",
                "DO 'BEGIN EXECUTE ''CREATE ROLE r PASSWORD ''''hunter2''''''; END'",
                "SELECT 1 /* PASSWORD 'hunter2' */",
                "SELECT 1 -- ALTER ROLE r PASSWORD 'hunter2'\n, 2"
            })
    void passwordsGo(String sql) {
        String hidden = Secrets.hidden(sql);

        assertThat(hidden).doesNotContain("hunter2").contains(Secrets.MARK);
        try (PgParser parser = new PgParser()) {
            assertThat(Script.parse(parser, new SourceText("a.sql", hidden)).statements())
                    .hasSize(1);
        }
        assertThat(Secrets.hidden(hidden)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE users SET name = 'a', password = crypt('x', gen_salt('bf')) WHERE password = ''",
                "ALTER TABLE users ADD COLUMN password text DEFAULT ''",
                "INSERT INTO users (password) VALUES ('hunter2')",
                "SELECT token 'x', secret 'y'",
                "UPDATE t SET url = 'https://u:p@host/path', note = 'reset?password=abc'",
                "ALTER ROLE r PASSWORD NULL",
                "COMMENT ON COLUMN users.password IS 'the password''s hash'",
                "SELECT 'it''s unfinished password"
            })
    void allElseStays(String sql) {
        assertThat(Secrets.hidden(sql)).isSameAs(sql);
    }

    @Test
    void aLongTextTakesNoTime() {
        String sql = "SELECT '" + "password host= user ".repeat(100_000) + "'";

        assertThat(Secrets.hidden(sql)).isSameAs(sql);
    }
}
