package dev.sluice.lab.bench.tool;

import dev.sluice.lab.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sluice, its peers, and the least that one could write. */
public final class Runners {
    public static final String JDBC = "JDBC, no more than needed";
    public static final String JDBC_THAT_READS = "JDBC, and every file read";
    public static final String FLYWAY = "Flyway";
    public static final String LIQUIBASE = "Liquibase";

    private Runners() {}

    /** @param peers the jars of Flyway and Liquibase; without them neither is there */
    public static List<Runner> all(List<Path> peers) {
        return peers.isEmpty()
                ? List.of(new Sluice(), new Jdbc(false), new Jdbc(true))
                : List.of(new Sluice(), new Jdbc(false), new Jdbc(true), new Flyway(peers), new Liquibase(peers));
    }

    private record Sluice() implements Runner {
        @Override
        public String name() {
            return SluiceRun.NAME;
        }

        @Override
        public void migrate(Database database, Path files) {
            SluiceRun.on(database, files.resolve("sql")).up();
        }
    }

    /**
     * A lock, a table of what was applied, and a transaction for each file.
     *
     * @param notices reads every file, also one that was applied, and refuses one that has changed since
     */
    private record Jdbc(boolean notices) implements Runner {
        @Override
        public String name() {
            return notices ? JDBC_THAT_READS : JDBC;
        }

        @Override
        public void migrate(Database database, Path files) throws Exception {
            try (Connection connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute(
                        "SELECT pg_advisory_lock(4711);"
                                + " CREATE TABLE IF NOT EXISTS applied (name text PRIMARY KEY, sum text, at timestamptz DEFAULT now())");
                Map<String, String> applied = new HashMap<>();
                try (ResultSet rows = statement.executeQuery("SELECT name, sum FROM applied")) {
                    while (rows.next()) {
                        applied.put(rows.getString(1), rows.getString(2));
                    }
                }
                connection.setAutoCommit(false);
                try (PreparedStatement record =
                        connection.prepareStatement("INSERT INTO applied (name, sum) VALUES (?, ?)")) {
                    for (Path file : sorted(files.resolve("sql"))) {
                        String name = file.getFileName().toString();
                        String before = applied.get(name);
                        if (before != null && !notices) {
                            continue;
                        }
                        String sql = Files.readString(file);
                        String sum = notices ? sum(sql) : "";
                        if (before == null) {
                            statement.execute(sql);
                            record.setString(1, name);
                            record.setString(2, sum);
                            record.executeUpdate();
                            connection.commit();
                        } else if (!before.equals(sum)) {
                            throw new IllegalStateException(name + " has changed");
                        }
                    }
                }
            }
        }

        private static String sum(String sql) throws NoSuchAlgorithmException {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        }

        private static List<Path> sorted(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.sorted().toList();
            }
        }
    }

    private record Flyway(IsolatedClasses classes) implements Runner {
        Flyway(List<Path> jars) {
            this(new IsolatedClasses(jars));
        }

        @Override
        public String name() {
            return FLYWAY;
        }

        @Override
        public void migrate(Database database, Path files) throws Exception {
            EmbeddedPostgres server = database.server();
            classes.with(() -> {
                Object configuration = classes.named("org.flywaydb.core.Flyway")
                        .getMethod("configure")
                        .invoke(null);
                Class<?> type = configuration.getClass();
                type.getMethod("dataSource", String.class, String.class, String.class)
                        .invoke(configuration, database.jdbcUrl(), server.user(), server.password());
                type.getMethod("locations", String[].class)
                        .invoke(
                                configuration,
                                IsolatedClasses.oneOf(String.class, "filesystem:" + files.resolve("sql")));
                Object flyway = type.getMethod("load").invoke(configuration);
                flyway.getClass().getMethod("migrate").invoke(flyway);
            });
        }
    }

    private record Liquibase(IsolatedClasses classes) implements Runner {
        Liquibase(List<Path> jars) {
            this(new IsolatedClasses(jars));
            System.setProperty("liquibase.analytics.enabled", "false");
        }

        @Override
        public String name() {
            return LIQUIBASE;
        }

        @Override
        public void migrate(Database database, Path files) throws Exception {
            try (Connection connection = database.connect()) {
                classes.with(() -> {
                    Class<?> databases = classes.named("liquibase.database.Database");
                    Object wrapped = classes.named("liquibase.database.jvm.JdbcConnection")
                            .getConstructor(Connection.class)
                            .newInstance(connection);
                    Class<?> factory = classes.named("liquibase.database.DatabaseFactory");
                    Object implementation = factory.getMethod(
                                    "findCorrectDatabaseImplementation",
                                    classes.named("liquibase.database.DatabaseConnection"))
                            .invoke(factory.getMethod("getInstance").invoke(null), wrapped);
                    Object resources = classes.named("liquibase.resource.DirectoryResourceAccessor")
                            .getConstructor(Path.class)
                            .newInstance(files.resolve("liquibase"));
                    Object liquibase = classes.named("liquibase.Liquibase")
                            .getConstructor(
                                    String.class, classes.named("liquibase.resource.ResourceAccessor"), databases)
                            .newInstance("changelog.xml", resources, implementation);
                    liquibase.getClass().getMethod("update", String.class).invoke(liquibase, "");
                });
            }
        }
    }
}
