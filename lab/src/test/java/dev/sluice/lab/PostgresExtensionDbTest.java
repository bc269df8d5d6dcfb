package dev.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionDbTest {

    @RepeatedTest(2)
    void givesEveryTestAnEmptyDatabase(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE only_mine (id int)");
    }

    @Test
    void dropsWhatATestMade(TestDatabases databases) throws SQLException {
        var servers = new TestServers();
        try (servers) {
            var mine = new TestDatabases(servers);
            TestDatabase database = mine.create();
            try (var leftOpen = database.connect()) {
                mine.close();
                assertThat(leftOpen.isValid(1)).isFalse();
            }
            try (var connection = database.server().connect("postgres");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT count(*) FROM pg_database WHERE datname = '" + database.name() + "'")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    @Test
    void makesSeveralDatabasesOnOneServer(TestDatabases databases) throws SQLException {
        TestDatabase first = databases.create();
        TestDatabase second = databases.create();
        assertThat(first.server()).isSameAs(second.server());
        assertThat(first.name()).isNotEqualTo(second.name());
    }
}
