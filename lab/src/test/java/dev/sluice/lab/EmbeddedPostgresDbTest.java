package dev.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.SluiceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedPostgresDbTest {

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void startsEverySupportedVersion(PostgresVersion version) throws SQLException {
        try (var server = EmbeddedPostgres.start(version, PostgresSettings.forTests());
                var connection = server.connect("postgres")) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(version.major());
        }
    }

    @Test
    void givesEveryServerItsSettings() throws SQLException {
        try (var server = EmbeddedPostgres.start(
                        PostgresVersion.V18,
                        PostgresSettings.with(PostgresSettings.forTests(), Map.of("work_mem", "7MB")));
                var connection = server.connect("postgres")) {
            assertThat(string(connection, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(string(connection, "SHOW fsync")).isEqualTo("off");
        }
    }

    @Test
    void keepsCommittedDataOverACrash() throws SQLException {
        try (var server = EmbeddedPostgres.start(PostgresVersion.V18, PostgresSettings.forTests())) {
            try (var connection = server.connect("postgres");
                    var statement = connection.createStatement()) {
                statement.execute("SET synchronous_commit = on");
                statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
                server.stopImmediately();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            }
            server.restart();
            try (var connection = server.connect("postgres")) {
                assertThat(string(connection, "SELECT answer FROM kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void refusesWhoeverDoesNotKnowThePassword() {
        try (var server = EmbeddedPostgres.start(PostgresVersion.V18, PostgresSettings.forTests())) {
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=" + server.user();
            assertThatThrownBy(() -> DriverManager.getConnection(url + "&password=wrong"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void quotesTheLogWhenTheServerDoesNotStart() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresVersion.V18, Map.of("no_such_setting", "on")))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
    }

    @Test
    void leavesNothingBehindAndClosesTwice() {
        var server = EmbeddedPostgres.start(PostgresVersion.V18, PostgresSettings.forTests());
        server.close();
        server.close();
        assertThatThrownBy(() -> server.connect("postgres")).hasMessageContaining("refused");
    }

    private static String string(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
