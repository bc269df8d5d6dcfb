package dev.sluice.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.TestSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetResolverTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgres://u:p@h/d                                | d on h:5432 as u             | p
                    postgresql://u:p@h:7777/d                         | d on h:7777 as u             | p
                    postgres://u:p%40ss%2Fw%25@h/d                    | d on h:5432 as u             | p@ss/w%
                    postgres://u:p@ss@h/d                             | d on h:5432 as u             | p@ss
                    postgres://u:p+q@h/d                              | d on h:5432 as u             | p+q
                    postgres://u:caf%C3%A9@h/d                        | d on h:5432 as u             | café
                    postgres://u%3Aser:p@h/d%20b                      | d b on h:5432 as u:ser       | p
                    postgres://u:p@[::1]:7777/d                       | d on [::1]:7777 as u         | p
                    postgres://u:p@[::1]/d                            | d on [::1]:5432 as u         | p
                    postgres://u:p@a:1,b:2/d                          | d on a:1,b:2 as u            | p
                    postgres://u:p@a,b/d?port=7                       | d on a:7,b:7 as u            | p
                    postgres:///d?host=a&port=7&user=u&password=p     | d on a:7 as u                | p
                    jdbc:postgresql://h:7777/d?user=u&password=p%26q  | d on h:7777 as u             | p&q
                    jdbc:postgresql://h/d?user=u&password=p+q         | d on h:5432 as u             | p q
                    jdbc:postgresql:d?user=u&password=p               | d on localhost:5432 as u     | p
                    jdbc:postgresql://a:1,b:2/d?user=u&password=p     | d on a:1,b:2 as u            | p
                    """)
    void readsUrls(String url, String shown, String password) {
        Target target = resolve(url, Map.of());

        assertThat(target.toString()).isEqualTo(shown);
        assertThat(target.password().orElseThrow().value()).isEqualTo(password);
    }

    @Test
    void fillsWhatTheUrlLeavesOpenFromTheEnvironment() {
        Target target = resolve(
                "postgres://db1",
                Map.of(
                        "PGPORT", "6000",
                        "PGUSER", "deploy",
                        "PGDATABASE", "shop",
                        "PGPASSWORD", "x",
                        "PGHOST", "ignored",
                        "PGSSLMODE", "verify-full",
                        "PGAPPNAME", "ci",
                        "PGOPTIONS", "-c role=owner"));

        assertThat(target.toString()).isEqualTo("shop on db1:6000 as deploy");
        assertThat(target.password().orElseThrow().origin()).isEqualTo("PGPASSWORD");
        assertThat(target.properties())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("ApplicationName", "ci")
                .containsEntry("options", "-c role=owner");
    }

    @Test
    void theUrlBeatsTheEnvironment() {
        Target target =
                resolve("postgres://u:fromurl@h/d?sslmode=require", Map.of("PGPASSWORD", "x", "PGSSLMODE", "disable"));

        assertThat(target.password().orElseThrow().value()).isEqualTo("fromurl");
        assertThat(target.properties()).containsEntry("sslmode", "require");
    }

    @Test
    void theUserIsTheSystemsAndTheDatabaseIsTheUsersUnlessSaidOtherwise() {
        assertThat(resolve("postgres://h", Map.of()).toString()).isEqualTo("alice on h:5432 as alice");
    }

    @Test
    void environmentAloneIsEnough() {
        TargetResolver resolver =
                new TargetResolver(TestSurroundings.of(directory, Map.of("PGHOST", "a,b", "PGPORT", "1,2")));

        assertThat(resolver.resolve(Optional.empty()).toString()).isEqualTo("alice on a:1,b:2 as alice");
    }

    @Test
    void neverGuessesADatabase() {
        TargetResolver resolver = new TargetResolver(TestSurroundings.of(directory, Map.of("PGPASSWORD", "x")));

        assertThatThrownBy(() -> resolver.resolve(Optional.empty()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("--url");
    }

    @Test
    void translatesParametersOfLibpq() {
        Target target = resolve(
                "postgres://h/d?target_session_attrs=read-write&connect_timeout=3&application_name=me&keepalives=0"
                        + "&schema=app&sslrootcert=/ca.pem&prepareThreshold=0",
                Map.of());

        assertThat(target.properties())
                .containsOnly(
                        Map.entry("targetServerType", "primary"),
                        Map.entry("connectTimeout", "3"),
                        Map.entry("ApplicationName", "me"),
                        Map.entry("tcpKeepAlive", "false"),
                        Map.entry("currentSchema", "app"),
                        Map.entry("sslrootcert", "/ca.pem"),
                        Map.entry("prepareThreshold", "0"));
    }

    @Test
    void saysWhichParametersOfOtherToolsItLeavesOut() {
        TargetResolver resolver = new TargetResolver(TestSurroundings.of(directory, Map.of()));
        Target target = resolver.resolve(Optional.of(
                new TargetResolver.Given("postgres://h/d?pgbouncer=true&connection_limit=1", "DATABASE_URL")));

        assertThat(target.properties()).isEmpty();
        assertThat(resolver.warnings()).containsExactly("Not used here: the URL's connection_limit, pgbouncer.");
    }

    @Test
    void wantsThePrimaryOfSeveralHosts() {
        assertThat(resolve("postgres://a,b/d", Map.of()).driverProperties())
                .containsEntry("targetServerType", "primary");
        assertThat(resolve("postgres://a/d", Map.of()).driverProperties()).doesNotContainKey("targetServerType");
    }

    @Test
    void theJdbcUrlHoldsNoPassword() {
        Target target = resolve("postgres://u:Sesame99@h/a%20b", Map.of());

        assertThat(target.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/a+b");
        assertThat(target.toString() + target.password()).doesNotContain("Sesame99");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:Sesame99@h/d",
                "u:Sesame99@h/d",
                "postgres://u:Sesame99%zz@h/d",
                "postgres://u:Sesame99%4@h/d",
                "postgres://u:Sesame99@h:port/d",
                "postgres://u:Sesame99@h/d?sslmode",
                "postgres://u:Sesame99@%2Ftmp/d",
                "Sesame99"
            })
    void refusesWhatIsNoUrlWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> resolve(url, Map.of()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageNotContaining("Sesame99");
    }

    @Test
    void findsThePasswordInPgpass() throws IOException {
        pgpass("""
                # a comment
                other:*:*:*:no
                h:5432:d:u:pa\\:ss\\\\word
                *:*:*:*:late
                """, "rw-------");

        Password password = resolve("postgres://u@h/d", Map.of()).password().orElseThrow();

        assertThat(password.value()).isEqualTo("pa:ss\\word");
        assertThat(password.origin()).endsWith(".pgpass line 3");
        assertThat(resolve("postgres://u@h:1/d", Map.of())
                        .password()
                        .orElseThrow()
                        .value())
                .isEqualTo("late");
    }

    @Test
    void leavesAPgpassAloneThatOthersCanRead() throws IOException {
        pgpass("*:*:*:*:Sesame99\n", "rw-r-----");
        TargetResolver resolver = new TargetResolver(TestSurroundings.of(directory, Map.of()));

        Target target = resolver.resolve(Optional.of(new TargetResolver.Given("postgres://u@h/d", "--url")));

        assertThat(target.password()).isEmpty();
        assertThat(resolver.warnings())
                .singleElement()
                .asString()
                .contains("chmod 600")
                .doesNotContain("Sesame99");
    }

    @Test
    void readsAConnectionService() throws IOException {
        Path file = directory.resolve("services.conf");
        Files.writeString(
                file, "# x\n[other]\nhost=no\n[prod]\nhost=db1\nport=6000\ndbname=shop\nuser=u\nsslmode=require\n");

        Target target = new TargetResolver(TestSurroundings.of(
                        directory, Map.of("PGSERVICE", "prod", "PGSERVICEFILE", "services.conf", "PGPORT", "1")))
                .resolve(Optional.empty());

        assertThat(target.toString()).isEqualTo("shop on db1:6000 as u");
        assertThat(target.properties()).containsOnly(Map.entry("sslmode", "require"));
    }

    private void pgpass(String content, String permissions) throws IOException {
        Path home = Files.createDirectories(directory.resolve("home"));
        Path file = Files.writeString(home.resolve(".pgpass"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Target resolve(String url, Map<String, String> environment) {
        return new TargetResolver(TestSurroundings.of(directory, environment))
                .resolve(Optional.of(new TargetResolver.Given(url, "--url")));
    }
}
