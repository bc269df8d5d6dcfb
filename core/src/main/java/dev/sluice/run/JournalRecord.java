package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import java.time.Instant;
import java.util.Optional;

/**
 * A migration as the journal knows it.
 *
 * @param position the order in which migrations were begun
 * @param planJson what is being, or was, run; {@link #plan()} parses it
 * @param downPlanJson the author's down script as a plan, while it is being run
 */
record JournalRecord(
        String version,
        String name,
        long position,
        MigrationState state,
        String file,
        String upChecksum,
        String planJson,
        Optional<String> downPlanJson,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<String> lastError) {

    JournalRecord {
        requireNonNull(version);
        requireNonNull(name);
        requireNonNull(state);
        requireNonNull(file);
        requireNonNull(upChecksum);
        requireNonNull(planJson);
        requireNonNull(downPlanJson);
        requireNonNull(startedAt);
        requireNonNull(finishedAt);
        requireNonNull(lastError);
    }

    Plan plan() {
        return PlanJson.read(planJson);
    }

    Optional<Plan> downPlan() {
        return downPlanJson.map(PlanJson::read);
    }
}
