package dev.sluice.lab.bench;

import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.bench.tool.BenchServer;
import dev.sluice.lab.bench.tool.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What {@code ./dev bench} found, as environment variables, and what is missing. */
final class Surroundings {
    private final Map<String, String> variables;
    private final Optional<Path> pgroll;
    private final List<Path> peers;
    private final Optional<Path> launcher;
    private final List<String> notices = new ArrayList<>();

    private Surroundings(Map<String, String> variables, List<String> without) throws IOException {
        this.variables = variables;
        pgroll = existing("BENCH_PGROLL", "pgroll", without);
        launcher = existing("BENCH_LAUNCHER", "program", without);
        Optional<Path> directory = existing("BENCH_PEERS", "flyway-liquibase", without);
        peers = directory.isPresent() ? jars(directory.get()) : List.of();
    }

    static Surroundings of(Map<String, String> variables, List<String> without) throws IOException {
        return new Surroundings(variables, without);
    }

    List<String> notices() {
        return List.copyOf(notices);
    }

    Tools tools(PostgresVersion postgres, Sizes sizes, Path scratch) throws IOException {
        return new Tools(postgres, BenchServer.production(), sizes, scratch, pgroll, peers, launcher, jdks());
    }

    Map<String, String> environment(Tools tools, int rounds) {
        Map<String, String> all = new TreeMap<>(Machine.facts());
        all.put("PostgreSQL", tools.postgres() + " (" + postgresArchive(tools.postgres()) + ")");
        all.put("PostgreSQL settings", settings(tools.settings()));
        all.put("PostgreSQL settings (runners, tables)", settings(BenchServer.counting()));
        all.put("Sluice", variables.getOrDefault("BENCH_COMMIT", "unknown"));
        all.put("pgroll", pgroll.isPresent() ? variables.getOrDefault("BENCH_PGROLL_VERSION", "unknown") : "none");
        peers.stream()
                .map(jar -> Objects.toString(jar.getFileName()))
                .filter(name -> name.matches("(flyway|liquibase)-core-.*"))
                .forEach(name -> all.put(
                        name.startsWith("flyway") ? "Flyway" : "Liquibase",
                        name.replaceFirst("^[a-z]+-core-", "").replaceFirst("\\.jar$", "")));
        all.put("rounds", Integer.toString(rounds));
        return all;
    }

    private static String settings(Map<String, String> settings) {
        List<String> words = new ArrayList<>();
        new TreeMap<>(settings).forEach((name, value) -> words.add(name + "=" + value));
        return String.join(" ", words);
    }

    private static String postgresArchive(PostgresVersion version) {
        try (BenchServer server = BenchServer.start(version, BenchServer.production())) {
            return server.version();
        } catch (java.sql.SQLException e) {
            return "unknown";
        }
    }

    private Optional<Path> existing(String variable, String name, List<String> without) {
        if (without.contains(name)) {
            notices.add("Without " + name + ", as asked for.");
            return Optional.empty();
        }
        Optional<Path> path = Optional.ofNullable(variables.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Files::exists);
        if (path.isEmpty()) {
            notices.add("Without " + name + ": it could not be had here.");
        }
        return path;
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** That of this process, and the others of {@code /usr/lib/jvm} that Sluice can use; one for each version. */
    private static List<Path> jdks() throws IOException {
        Map<String, Path> byVersion = new TreeMap<>();
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> found = Files.list(usual)) {
                homes.addAll(new TreeSet<>(found.toList()));
            }
        }
        for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/java"))) {
                Machine.javaVersion(home)
                        .filter(version -> Integer.parseInt(version.replaceFirst("[^0-9].*", "")) >= 17)
                        .ifPresent(version -> byVersion.putIfAbsent(version, home));
            }
        }
        return List.copyOf(byVersion.values());
    }
}
