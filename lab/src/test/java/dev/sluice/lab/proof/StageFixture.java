package dev.sluice.lab.proof;

import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.life.Life;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.run.PlanSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One migration on one schema, for a stage to prove; with a plan that can be spoilt. */
public final class StageFixture {
    private final TestDatabases databases;
    private final PostgresVersion version;
    private final String schema;
    private final Migration migration;
    private final UnaryOperator<String> spoiler;

    private StageFixture(
            TestDatabases databases,
            PostgresVersion version,
            String schema,
            Migration migration,
            UnaryOperator<String> spoiler) {
        this.databases = databases;
        this.version = version;
        this.schema = schema;
        this.migration = migration;
        this.spoiler = spoiler;
    }

    public static StageFixture of(
            TestDatabases databases, PostgresVersion version, String schema, String up, String down)
            throws IOException {
        Path directory = Files.createTempDirectory("stage");
        Path file = directory.resolve("20260101000000_case.sql");
        try {
            String back = down.isEmpty() ? "" : "\n-- migrate:down\n" + down + "\n";
            Files.writeString(file, "-- migrate:up\n" + up + "\n" + back);
            Migration migration = new MigrationDirectory(directory)
                    .read("native")
                    .migrations()
                    .get(0);
            return new StageFixture(databases, version, schema, migration, UnaryOperator.identity());
        } finally {
            Files.delete(file);
            Files.delete(directory);
        }
    }

    /** @param change of the plan's JSON */
    public StageFixture spoilt(UnaryOperator<String> change) {
        return new StageFixture(databases, version, schema, migration, change);
    }

    public StageResult prove(ProofStage stage, long seed) throws Exception {
        TestDatabase begin = databases.create(version);
        begin.execute(schema);
        begin.execute("ANALYZE");
        try (ProofDatabases copies = new ProofDatabases(begin.server(), version, "stage_" + System.nanoTime() + "_")) {
            TestDatabase start = copies.copy(begin);
            TestDatabase plain = copies.copy(begin);
            PlainRun.run(plain, migration.up()).failure().ifPresent(failure -> {
                throw failure;
            });
            Plan plan;
            try (Session session = Comparison.session(start)) {
                plan = plans().plan(migration, session);
            }
            LifeSource lives = (database, listener) ->
                    new Life(database::connect, migration, this::plans, Settings.defaults(), listener);
            return stage.prove(new ProofSubject(
                    migration,
                    plan,
                    copies,
                    start,
                    plain,
                    Comparison.catalog(start),
                    Comparison.catalog(plain),
                    lives,
                    seed));
        }
    }

    private PlanSource plans() {
        PostgresPlans plans = new PostgresPlans();
        return new PlanSource() {
            @Override
            public Plan plan(Migration each, Session session) {
                return PlanJson.read(spoiler.apply(PlanJson.write(plans.plan(each, session))));
            }

            @Override
            public Optional<Plan> planDown(Migration each, Session session) {
                return plans.planDown(each, session);
            }
        };
    }
}
