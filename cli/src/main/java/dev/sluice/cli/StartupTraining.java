package dev.sluice.cli;

import dev.sluice.catalog.Catalog;
import dev.sluice.cli.render.PlanText;
import dev.sluice.cli.render.Style;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.planner.Directives;
import dev.sluice.planner.PlanRequest;
import dev.sluice.planner.Planner;
import dev.sluice.postgres.op.Operations;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Uses what commands use, once, so that the JVM can keep the classes: the launcher runs this after a build to make the
 * archive that later starts are fast with. What it forgets only starts more slowly.
 */
final class StartupTraining {
    private static final String SCRIPT = """
            CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL DEFAULT '', CHECK (id > 0));
            CREATE INDEX customers_name ON customers (lower(name));
            ALTER TABLE customers ADD COLUMN email text;
            UPDATE customers SET email = name || '@example.org' WHERE email IS NULL;
            """;

    private StartupTraining() {}

    public static void main(String... arguments) {
        command("--help");
        command("plan", "--help");
        // Nobody listens on port 1: the driver is loaded, and fails.
        command("status", "--url", "postgres://nobody@127.0.0.1:1/none");
        plan();
    }

    private static void command(String... arguments) {
        var surroundings = new Surroundings(
                Map.of(), Path.of("").toAbsolutePath(), Path.of("/"), "", false, false, false, InstantSource.system());
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new Cli(surroundings, new Streams(InputStream.nullInputStream(), nowhere, nowhere), Interruption.none())
                .run(arguments);
    }

    private static void plan() {
        try (var parser = new PgParser()) {
            Script script = Script.parse(parser, new SourceText("training.sql", SCRIPT));
            Plan plan = new Planner(parser, Operations.ALL)
                    .plan(new PlanRequest(
                            new Plan.MigrationRef("1", "training", ""),
                            script,
                            Optional.empty(),
                            new Directives(List.of()),
                            Catalog.ofTables(180000, List.of()),
                            Set.of()));
            PlanText.render(plan, Style.PLAIN, PlanText.Detail.NORMAL);
            PlanJson.write(plan);
        }
    }
}
