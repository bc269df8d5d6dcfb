package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Console;
import dev.sluice.cli.Streams;
import dev.sluice.cli.render.Style;
import dev.sluice.lab.shop.ShopMigrations;
import dev.sluice.sql.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoDbTest {

    @Test
    @Timeout(300)
    void theWholeStoryOnASmallShop(@TempDir Path directory) throws Exception {
        Path migrations = directory.resolve("migrations");
        ShopMigrations.writeTo(migrations);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(
                new Streams(InputStream.nullInputStream(), to, to),
                new Console.Look(Style.PLAIN, Style.PLAIN, Console.Loudness.NORMAL, true),
                Redaction.byForm());

        DemoReport report = new Demo(DemoOptions.of(20_000, migrations), new Screen(console, false)).run();

        String story = err.toString(StandardCharsets.UTF_8);
        assertThat(report.oldVersions().firstFailures()).as(story).isEmpty();
        assertThat(report.newVersions().firstFailures()).as(story).isEmpty();
        assertThat(report.differences()).as(story).isEmpty();
        assertThat(report.undoDifferences()).as(story).isEmpty();
        assertThat(report.isSuccess()).isTrue();
        assertThat(report.oldVersions().statements()).isGreaterThan(500);
        assertThat(report.newVersions().statements()).isGreaterThan(300);
        // orders.user_id, users.email_address, users.full_name twice, products.price_cents
        assertThat(report.cost().backfilledRows()).isGreaterThanOrEqualTo(4 * 20_000 + 200);
        assertThat(report.rowsCompared()).isGreaterThanOrEqualTo(2 * (2 * 20_000 + 200 - 4_000));
        assertThat(story).contains("v4: users.full_name", "down, after contract: take v4 back");
    }
}
