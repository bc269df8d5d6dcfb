package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server is killed and recovers, or is lost and its replica takes its place, at random statements of each command, while
 * applications write. The same runner goes on, or says that it cannot and another one does. What was confirmed to the
 * applications is there in the end, unless the replica had lagged.
 *
 * <p>System properties: those of {@link CrashMatrixDbTest}; {@code sluice.crash.lives} counts lives of each case here too.
 */
@ExtendWith(PostgresExtension.class)
class ServerLossDbTest {

    private static final CrashCounts CRASHES = new CrashCounts();
    private static final CrashCounts FAILOVERS = new CrashCounts();

    static Stream<LifecycleCase> daily() {
        return CrashMatrixDbTest.daily().stream();
    }

    /** Half of them, others with another seed. */
    static List<LifecycleCase> some() {
        List<LifecycleCase> shuffled = new ArrayList<>(CrashMatrixDbTest.daily());
        Collections.shuffle(shuffled, new Random(CrashMatrixDbTest.SEED));
        return shuffled.subList(0, (shuffled.size() + 1) / 2);
    }

    /** Columns and rows, names, and an index: each with a backfill, a swap, or something that is no transaction. */
    static Stream<LifecycleCase> three() {
        return daily().filter(
                        test -> test.name().matches("full_name from first .*|pgroll 40.*|int to bigint of a serial.*"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("some")
    void survivesACrashOfTheServer(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        crash(test, Integer.getInteger("sluice.crash.lives", 1), databases, directory);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("three")
    void survivesAFailover(LifecycleCase test, TestDatabases databases, @TempDir Path directory) throws Exception {
        failOver(test, Integer.getInteger("sluice.crash.lives", 1), databases, directory);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.sluice.lifecycle.OperationLifecycleDbTest#cases")
    void survivesCrashesOfTheServerInEachCase(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        crash(test, 3, databases, directory);
    }

    /** A backfill with a swap, an UPDATE in batches, something that is archived, and something that is no transaction. */
    static Stream<LifecycleCase> four() {
        return OperationLifecycleDbTest.cases()
                .filter(test -> test.name()
                        .matches("int to bigint of a primary key|update in batches|drop a column|create index"));
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}")
    @MethodSource("four")
    void survivesACrashOfTheServerBeforeEachStatementThatChangesSomething(
            LifecycleCase test, TestDatabases databases, @TempDir Path directory) throws Exception {
        PostgresVersion version = CrashMatrixDbTest.version(test);
        Random random = new Random(CrashMatrixDbTest.SEED + test.name().hashCode());
        CrashCounts counts = new CrashCounts();
        CrashedCase crashed = new CrashedCase(test, databases, version, directory, counts);
        List<String> failures = new ArrayList<>();
        int every = Integer.getInteger("sluice.crash.every", 1);
        try (EmbeddedPostgres server = EmbeddedPostgres.start(version, settings())) {
            int lives = 0;
            for (Sweep sweep : CrashMatrixDbTest.sweeps()) {
                List<Long> places = crashed.changing(sweep);
                for (int i = random.nextInt(every); i < places.size(); i += every) {
                    CrashingServer habitat = new CrashingServer(server, version, "life_" + lives++);
                    crashed.prepare(habitat.database());
                    Disturbance crash = ServerCrash.before(places.get(i), habitat, random.nextBoolean());
                    live(() -> crashed.live(sweep, habitat, crash, Optional.empty(), writing(random)), failures);
                    habitat.database();
                }
            }
        }
        CRASHES.add(counts);
        System.out.println("server killed before each change, " + version + " '" + test + "' " + counts);
        assertThat(failures).as("seed " + CrashMatrixDbTest.SEED).isEmpty();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}")
    @MethodSource("daily")
    void survivesFailovers(LifecycleCase test, TestDatabases databases, @TempDir Path directory) throws Exception {
        failOver(test, 6, databases, directory);
    }

    private static void crash(LifecycleCase test, int lives, TestDatabases databases, Path directory) throws Exception {
        PostgresVersion version = CrashMatrixDbTest.version(test);
        Random random = new Random(CrashMatrixDbTest.SEED + test.name().hashCode());
        CrashedCase crashed = new CrashedCase(test, databases, version, directory, CRASHES);
        List<String> failures = new ArrayList<>();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(version, settings())) {
            for (int i = 0; i < lives; i++) {
                Sweep sweep = sweep(random);
                long statements = crashed.statements(sweep);
                CrashingServer habitat = new CrashingServer(server, version, "life_" + i);
                crashed.prepare(habitat.database());
                Disturbance first = ServerCrash.at(1 + random.nextLong(statements), habitat, random);
                Optional<Disturbance> again = random.nextInt(3) == 0
                        ? Optional.of(ServerCrash.at(1 + random.nextLong(statements), habitat, random))
                        : Optional.empty();
                live(() -> crashed.live(sweep, habitat, first, again, writing(random)), failures);
                habitat.database();
            }
        }
        assertThat(failures).as("seed " + CrashMatrixDbTest.SEED).isEmpty();
    }

    private static void failOver(LifecycleCase test, int lives, TestDatabases databases, Path directory)
            throws Exception {
        PostgresVersion version = CrashMatrixDbTest.version(test);
        Random random = new Random(CrashMatrixDbTest.SEED + test.name().hashCode());
        CrashedCase crashed = new CrashedCase(test, databases, version, directory, FAILOVERS);
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < lives; i++) {
            Sweep sweep = sweep(random);
            long statements = crashed.statements(sweep);
            boolean synchronous = random.nextBoolean();
            try (PrimaryAndReplica servers = new PrimaryAndReplica(version, settings(), synchronous)) {
                crashed.prepare(servers.database());
                long behind = synchronous ? 0 : random.nextInt(30);
                Disturbance failover = Failover.at(1 + random.nextLong(statements), behind, servers);
                live(() -> crashed.live(sweep, servers, failover, Optional.empty(), writing(random)), failures);
            }
        }
        assertThat(failures).as("seed " + CrashMatrixDbTest.SEED).isEmpty();
    }

    private interface Lived {
        boolean run() throws Exception;
    }

    private static void live(Lived life, List<String> failures) throws Exception {
        try {
            life.run();
        } catch (AssertionError e) {
            failures.add(e.getMessage());
        }
    }

    /** What is confirmed is written, so that a server that is killed does not lose it; only the machine's crash would. */
    private static Map<String, String> settings() {
        return PostgresSettings.with(
                PostgresSettings.forTests(), Map.of("synchronous_commit", "on", "shared_buffers", "16MB"));
    }

    private static Sweep sweep(Random random) {
        List<Sweep> sweeps = CrashMatrixDbTest.sweeps();
        return sweeps.get(random.nextInt(sweeps.size()));
    }

    private static CrashedCase.Writing writing(Random random) {
        return CrashedCase.Writing.values()[random.nextInt(CrashedCase.Writing.values().length)];
    }

    @AfterAll
    static void tell() {
        CRASHES.tell("server crash", CrashMatrixDbTest.SEED);
        FAILOVERS.tell("failover", CrashMatrixDbTest.SEED);
    }
}
