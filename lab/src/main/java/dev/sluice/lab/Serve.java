package dev.sluice.lab;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** {@code ./dev db}: a server to play with, until Ctrl-C. */
final class Serve {
    private Serve() {}

    public static void main(String... arguments) throws InterruptedException {
        PostgresVersion version = arguments.length == 0
                ? PostgresVersion.newest()
                : PostgresVersion.ofMajor(Integer.parseInt(arguments[0]));
        EmbeddedPostgres server = EmbeddedPostgres.start(version, PostgresSettings.forTests());
        System.out.printf(Locale.ROOT, """
                %s runs until you press Ctrl-C; then its data is deleted.

                  psql   psql '%2$s'
                  URL    %2$s
                  JDBC   %3$s
                """, version, server.url("postgres"), server.jdbcUrl("postgres"));
        // Ends with the process; the server's watchdog cleans up after it.
        new CountDownLatch(1).await();
    }
}
