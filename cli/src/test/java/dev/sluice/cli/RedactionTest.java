package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.connection.HostPort;
import dev.sluice.cli.connection.Password;
import dev.sluice.cli.connection.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "host=db password='Sesame99 and ''more''' user=bob",
                "PGPASSWORD=Sesame99 psql",
                "CREATE ROLE x LOGIN PASSWORD 'Sesame99'",
                "ALTER ROLE x password E'it\\'s Sesame99'",
                "ALTER ROLE x PASSWORD $$Sesame99$$",
                "ALTER ROLE x PASSWORD $a$it's Sesame99$a$",
            })
    void hidesPasswordsByTheirForm(String text) {
        assertThat(Redaction.byForm().apply(text))
                .doesNotContain("Sesame99")
                .doesNotContain("me99")
                .contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE users ADD COLUMN password text NOT NULL",
                "UPDATE users SET email = 'a@b.c' WHERE id = 1",
                "https://www.postgresql.org/docs/current/",
                "see postgres://bob@db/app",
                "migrations/20260131120000_password_reset.sql:3:4",
                "password authentication failed for user \"bob\"",
                "the password came from ~/.pgpass"
            })
    void leavesEverythingElseAlone(String text) {
        assertThat(Redaction.byForm().apply(text)).isEqualTo(text);
    }

    @Test
    void hidesTheTargetsOwnPasswordWhereverItIs() {
        Redaction redaction = Redaction.byForm().with(target("Se/same 99"));

        assertThat(redaction.apply("server said: Se/same 99? and Se%2Fsame+99")).isEqualTo("server said: ***? and ***");
    }

    @Test
    void doesNotGarbleMessagesForAPasswordThatIsNoSecret() {
        assertThat(Redaction.byForm().with(target("bob")).apply("bob on db")).isEqualTo("bob on db");
    }

    private static Target target(String password) {
        return new Target(
                List.of(new HostPort("db", 5432)),
                "app",
                "bob",
                Optional.of(new Password(password, "--url")),
                Map.of());
    }
}
