package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cannot reach postgres://bob:Sesame99@db/app, sorry",
                "postgres://bob:Sesame99@a,b:5432/app?sslmode=require",
                "postgres://bob:Sesa@me99/Sesame99@db/app",
                "jdbc:postgresql://db/app?user=bob&password=Sesame99&ssl=true",
                "jdbc:postgresql://db/app?sslpassword=Sesame99",
                "host=db password=Sesame99 user=bob",
                "host=db password = Sesame99 user=bob",
                "host=db password='Sesame99 and ''more''' user=bob",
                "password=Sesame99",
                "password = \"Sesame99\"",
                "user=bob\npassword=Sesame99",
                "PGPASSWORD=Sesame99 psql",
                "set PGPASSWORD=Sesame99",
                "SET sslpassword=Sesame99",
                "CREATE ROLE x LOGIN PASSWORD 'Sesame99'",
                "CREATE ROLE x LOGIN PASSWORD 'Sesame99",
                "CREATE ROLE x LOGIN PASSWORD '''Sesame99'",
                "don't: ALTER ROLE x PASSWORD 'Sesame99'",
                "ALTER ROLE x password E'it\\'s Sesame99'",
                "ALTER ROLE x PASSWORD $$Sesame99$$",
                "ALTER ROLE x PASSWORD $$Sesame99",
                "ALTER ROLE x PASSWORD $a$it's Sesame99$a$",
                "ALTER ROLE x PASSWORD -- the secret\n /* of all */ 'Sesame99'",
                "alter user r with encrypted password E'hun\\'ter2 Sesame99'",
                "EXECUTE 'CREATE ROLE x PASSWORD ''Sesame99'''",
                "CREATE USER MAPPING FOR r SERVER s OPTIONS (user 'u', password 'Sesame99')",
                "CREATE USER MAPPING FOR r SERVER s OPTIONS (\"password\" 'Sesame99')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=Sesame99 user=u' PUBLICATION p",
                "SELECT dblink_connect('postgres://u:Sesame99@host/db')",
                "SELECT dblink_connect('password=Sesame99')",
                "SELECT f(password => 'Sesame99')",
                "UPDATE users SET password = 'Sesame99', name = 'x'",
                "{\"sql\":\"CREATE ROLE r PASSWORD\\n'Sesame99'\"}",
            })
    void hidesPasswordsByTheirForm(String text) {
        assertThat(Redaction.byForm().apply(text))
                .doesNotContain("Sesame99")
                .doesNotContain("me99")
                .contains("***");
        assertThat(Redaction.kept(text))
                .doesNotContain("Sesame99")
                .doesNotContain("me99")
                .contains(Secrets.MARK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE users ADD COLUMN password text NOT NULL",
                "ALTER TABLE users ADD COLUMN password text DEFAULT ''",
                "UPDATE users SET email = 'a@b.c' WHERE id = 1",
                "UPDATE users SET password = upper(password)",
                "UPDATE users SET name = 'x', password = upper(password)",
                "UPDATE users SET password=old_password, pwd = $1 WHERE password = '' AND password=crypt($1, password)",
                "UPDATE users SET password = crypt(password, gen_salt('bf'))",
                "UPDATE users SET \"password\" = \"Other\" WHERE u.password = v.password OR (password = 3)",
                "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET password = excluded.password",
                "    4 |   password = upper(password)",
                "SET /* hashed */ password = upper(password)",
                "https://www.postgresql.org/docs/current/",
                "SELECT 'https://example.org/path'",
                "see postgres://bob@db/app",
                "migrations/20260131120000_password_reset.sql:3:4",
                "password authentication failed for user \"bob\"",
                "the password came from ~/.pgpass"
            })
    void leavesEverythingElseAlone(String text) {
        assertThat(Redaction.byForm().apply(text)).isEqualTo(text);
        assertThat(Redaction.kept(text)).isEqualTo(text);
    }

    /** What is left is what was there, so that SQL stays SQL and JSON stays JSON. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "{\"sql\":\"CREATE ROLE r PASSWORD 'a\\\"b'\",\"next\":1} ~ {\"sql\":\"CREATE ROLE r PASSWORD '***'\",\"next\":1}",
                "EXECUTE 'ALTER ROLE x PASSWORD ''a'''; SELECT 'b' ~ EXECUTE 'ALTER ROLE x PASSWORD ''***'''; SELECT 'b'",
                "SET password = 'a''b', name = 'c' ~ SET password = '***', name = 'c'",
                "SET password='',name='c' ~ SET password='',name='c'",
                "host=h password=a user=u ~ host=h password=*** user=u",
                "postgres://u:a@h/d?x=y ~ postgres://u:***@h/d?x=y",
            })
    void nothingElseGoes(String text, String without) {
        assertThat(Redaction.byForm().apply(text)).isEqualTo(without);
        assertThat(Redaction.byForm().apply(without)).isEqualTo(without);
    }

    @Test
    void hidesTheGivenPasswordsWhereverTheyAre() {
        Redaction redaction = Redaction.byForm().with(List.of("Se/same 99", "Se%2Fsame+99"));

        assertThat(redaction.apply("server said: Se/same 99? and Se%2Fsame+99")).isEqualTo("server said: ***? and ***");
    }

    @Test
    void aLongTextTakesNoTime() {
        String text = "password ".repeat(50_000) + "password = ".repeat(50_000) + "'".repeat(50_000) + "PASSWORD '"
                + "x".repeat(200_000);

        assertThat(Redaction.byForm().apply(text)).doesNotContain("xxx");
    }
}
