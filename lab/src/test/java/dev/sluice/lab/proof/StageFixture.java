package dev.sluice.lab.proof;

import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationScript;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.run.PlanSource;
import dev.sluice.sql.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One migration on one schema, for a stage to prove; with a plan that can be spoilt. */
final class StageFixture {
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

    static StageFixture of(TestDatabases databases, PostgresVersion version, String schema, String up, String down) {
        Migration migration = new Migration(
                "20260101000000",
                "case",
                MigrationKind.VERSIONED,
                script("up.sql", up),
                down.isEmpty() ? Optional.empty() : Optional.of(script("down.sql", down)),
                List.of());
        return new StageFixture(databases, version, schema, migration, UnaryOperator.identity());
    }

    private static MigrationScript script(String file, String sql) {
        return MigrationScript.of(new SourceText(file, sql));
    }

    /** @param change of the plan's JSON */
    StageFixture spoilt(UnaryOperator<String> change) {
        return new StageFixture(databases, version, schema, migration, change);
    }

    StageResult prove(ProofStage stage, long seed) throws Exception {
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
            try (Session session = Comparison.session(start);
                    PostgresPlans plans = new PostgresPlans()) {
                plan = plans.plan(migration, session);
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
