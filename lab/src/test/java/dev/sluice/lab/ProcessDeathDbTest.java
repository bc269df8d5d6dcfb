package dev.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A server must not outlive the process that started it, not even when that is killed. */
class ProcessDeathDbTest {

    @Test
    void theServerAndItsFilesGoWhenTheProcessIsKilled() throws IOException, InterruptedException, SQLException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Serve.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String url;
        try (var output = process.inputReader()) {
            url = output.lines()
                    .filter(line -> line.contains("JDBC"))
                    .map(line -> line.substring(line.indexOf("jdbc:")))
                    .findFirst()
                    .orElseThrow();
            Path data = Path.of(dataDirectory(url));
            assertThat(data).isDirectory();

            process.destroyForcibly();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            await("the data directory is gone", () -> !Files.exists(data.getParent()));
            await("nobody listens any more", () -> !accepts(url));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String dataDirectory(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW data_directory")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static boolean accepts(String url) {
        try (var connection = DriverManager.getConnection(url)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting until %s", what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
