package dev.sluice.lab.bench;

import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.bench.tool.BenchServer;
import dev.sluice.lab.bench.tool.Pgroll;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What scenarios work with.
 *
 * @param settings of the servers on which time counts
 * @param scratch an empty directory for migration files; deleted at the end
 * @param pgroll its program; empty where it could not be had
 * @param peers the jars of Flyway and Liquibase; empty where they could not be had
 * @param launcher {@code ./sluice}; empty where the program is not built
 * @param jdks homes of the JDKs that the program is started with
 */
public record Tools(
        PostgresVersion postgres,
        Map<String, String> settings,
        Sizes sizes,
        Path scratch,
        Optional<Path> pgroll,
        List<Path> peers,
        Optional<Path> launcher,
        List<Path> jdks) {
    public Tools {
        Objects.requireNonNull(postgres);
        settings = Map.copyOf(settings);
        Objects.requireNonNull(sizes);
        Objects.requireNonNull(scratch);
        Objects.requireNonNull(pgroll);
        Objects.requireNonNull(launcher);
        peers = List.copyOf(peers);
        jdks = List.copyOf(jdks);
    }

    /** A server with these settings. */
    public BenchServer server() throws SQLException {
        return server(Map.of());
    }

    /** The same with some settings in another way. */
    public BenchServer server(Map<String, String> others) throws SQLException {
        return BenchServer.start(postgres, PostgresSettings.with(settings, others))
                .withPasswordAsUsual();
    }

    /** The real pgroll, each of whose commands is killed after that many seconds. */
    public Optional<Pgroll> pgroll(long limit) {
        return pgroll.map(program -> new Pgroll(program, scratch, limit));
    }
}
