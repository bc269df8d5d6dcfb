package dev.sluice.cli.command;

import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.run.PlanSource;
import java.util.Optional;

/** For commands that only look: they never plan, so PostgreSQL's grammar (half a second) is not loaded for them. */
enum NoPlans implements PlanSource {
    INSTANCE;

    @Override
    public Plan plan(Migration migration, Session session) {
        throw new IllegalStateException("a look at the database does not plan " + migration.version());
    }

    @Override
    public Optional<Plan> planDown(Migration migration, Session session) {
        throw new IllegalStateException("a look at the database does not plan " + migration.version());
    }
}
