package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The options of libpq that say how a connection is encrypted and who is at its ends, against a server that asks for it. */
@Timeout(180)
class TlsDbTest {

    private static final String SECRET = "Kanari3nvogel";

    @TempDir
    static Path keys;

    @TempDir
    Path directory;

    private static EmbeddedPostgres server = null;
    private static final Map<String, Path> FILES = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        TestCertificates ours = new TestCertificates(keys, "authority");
        ours.sign("server", "san=ip:127.0.0.1");
        ours.sign("certified");
        TestCertificates others = new TestCertificates(keys, "stranger");
        FILES.put("root", ours.file("root.crt", ours.certificate("authority")));
        FILES.put("other root", others.file("other.crt", others.certificate("stranger")));
        FILES.put("certificate", ours.file("client.crt", ours.certificate("certified")));
        FILES.put("key", ours.file("client.key", ours.key("certified")));
        server = EmbeddedPostgres.start(
                PostgresVersion.newest(),
                PostgresSettings.with(
                        PostgresSettings.forTests(),
                        Map.of(
                                "ssl", "on",
                                "ssl_cert_file", "server.crt",
                                "ssl_key_file", "server.key",
                                "ssl_ca_file", "root.crt")),
                keys,
                Map.of(
                        "server.crt",
                        ours.certificate("server"),
                        "server.key",
                        ours.key("server"),
                        "root.crt",
                        ours.certificate("authority"),
                        "pg_hba.conf",
                        """
                        host all postgres 127.0.0.1/32 scram-sha-256
                        hostssl all certified 127.0.0.1/32 cert
                        hostssl all all 127.0.0.1/32 scram-sha-256
                        """));
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE plain LOGIN PASSWORD '" + SECRET + "'; CREATE ROLE certified LOGIN;"
                            + "GRANT CREATE ON DATABASE postgres TO plain, certified; GRANT ALL ON SCHEMA public TO plain, certified");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyModeThatAnsweringServerAllows() {
        works("sslmode=require");
        works("sslmode=verify-ca&sslrootcert=" + FILES.get("root"));
        works("sslmode=verify-full&sslrootcert=" + FILES.get("root"));
        works(""); // libpq's prefer
    }

    @Test
    void aServerThatIsNotWhoItShouldBeIsRefusedWithTheReason() {
        fails("127.0.0.1", "sslmode=verify-full&sslrootcert=" + FILES.get("other root"), "certif");
        fails("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + FILES.get("other root"), "certif");
        fails("localhost", "sslmode=verify-full&sslrootcert=" + FILES.get("root"), "localhost");
        fails("127.0.0.1", "sslmode=verify-full&sslrootcert=" + keys.resolve("none.crt"), "none.crt");
        fails("127.0.0.1", "sslmode=verify-full&sslrootcert=system", "certif");
        fails("127.0.0.1", "sslmode=disable", "no encryption");
    }

    @Test
    void theEnvironmentTheServiceAndThePasswordFileAsInLibpq() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home"));
        Path passwords =
                Files.writeString(home.resolve(".pgpass"), "127.0.0.1:" + server.port() + ":*:plain:" + SECRET + "\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                home.resolve(".pg_service.conf"),
                "[here]\nhost=127.0.0.1\nport=" + server.port()
                        + "\ndbname=postgres\nuser=plain\nsslmode=verify-full\nsslrootcert=" + FILES.get("root")
                        + "\n");

        encrypted(Map.of("PGSERVICE", "here"));
        encrypted(Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(server.port()),
                "PGUSER", "plain",
                "PGDATABASE", "postgres",
                "PGSSLMODE", "verify-full",
                "PGSSLROOTCERT", FILES.get("root").toString()));
        encrypted(Map.of(
                "DATABASE_URL", "postgres://certified@127.0.0.1:" + server.port() + "/postgres",
                "PGSSLMODE", "verify-full",
                "PGSSLROOTCERT", FILES.get("root").toString(),
                "PGSSLCERT", FILES.get("certificate").toString(),
                "PGSSLKEY", FILES.get("key").toString()));
        TestProject.Said without = new TestProject(
                        directory,
                        Map.of(
                                "DATABASE_URL",
                                "postgres://certified@127.0.0.1:" + server.port() + "/postgres?sslmode=require"))
                .sluice("doctor");
        assertThat(without.code()).as(without.all()).isEqualTo(9);
        assertThat(without.err()).contains("certificate");
    }

    /** What the server says of the connection that the migration ran on. */
    private void encrypted(Map<String, String> environment) throws Exception {
        TestProject project = new TestProject(directory, environment)
                .migration(
                        "20260101000000_tls",
                        "CREATE TABLE tls AS SELECT ssl, current_user AS who FROM pg_stat_ssl WHERE pid = pg_backend_pid();");
        TestProject.Said said = project.sluice("up");
        assertThat(said.code()).as(said.all()).isZero();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN ASSERT (SELECT ssl AND who <> 'postgres' FROM tls); END $$;"
                    + "DROP TABLE tls; DROP SCHEMA sluice CASCADE");
        }
    }

    private void works(String parameters) {
        TestProject.Said said = status("127.0.0.1", parameters);
        assertThat(said.code()).as(parameters + "\n" + said.all()).isLessThan(9);
    }

    private void fails(String host, String parameters, String word) {
        TestProject.Said said = status(host, parameters);
        assertThat(said.code()).as(parameters + "\n" + said.all()).isEqualTo(9);
        assertThat(said.err()).as(parameters).containsIgnoringCase(word).doesNotContain(SECRET, "Internal error");
    }

    private TestProject.Said status(String host, String parameters) {
        String url = "postgres://plain:" + SECRET + "@" + host + ":" + server.port() + "/postgres?" + parameters;
        return new TestProject(directory, Map.of("DATABASE_URL", url))
                .migration("20260101000000_tls", "SELECT 1;")
                .sluice("status");
    }
}
