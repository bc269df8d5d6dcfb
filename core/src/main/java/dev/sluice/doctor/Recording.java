package dev.sluice.doctor;

import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSecrets;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Secrets;
import java.util.List;
import java.util.Optional;

/** Statements that put into the journal what somebody knows better than it. */
final class Recording {

    private Recording() {}

    /** That a migration is applied, as if it had been run as written: going back needs its down script. */
    static List<String> applied(Migration file, int serverVersion) {
        Step asWritten = new Step.Opaque(
                new StepInfo(
                        "recorded",
                        "recorded as applied, not run",
                        "sluice repair was told so",
                        new Source(file.file(), 1, 1),
                        List.of(),
                        -1,
                        -1,
                        List.of()),
                List.of(file.up().sql()),
                true,
                Optional.empty(),
                Optional.empty());
        Plan plan = new Plan(
                new Plan.MigrationRef(file.version(), file.name(), file.checksum()),
                serverVersion,
                "",
                "",
                List.of(asWritten),
                List.of(),
                List.of(),
                List.of());
        String version = Identifier.literal(file.version());
        String down =
                file.down().map(script -> Identifier.literal(script.checksum())).orElse("NULL");
        String downSql = file.down()
                .map(script -> Identifier.literal(Secrets.hidden(script.sql())))
                .orElse("NULL");
        return List.of(
                "DELETE FROM sluice.migration WHERE version = " + version,
                "INSERT INTO sluice.migration (version, name, state, file, up_checksum, down_checksum, up_sql, down_sql, plan,"
                        + " epoch, actor, finished_at) SELECT " + version + ", " + Identifier.literal(file.name())
                        + ", 'applied', " + Identifier.literal(file.file()) + ", " + Identifier.literal(file.checksum())
                        + ", " + down + ", "
                        + Identifier.literal(Secrets.hidden(file.up().sql())) + ", " + downSql + ", "
                        + Identifier.literal(PlanSecrets.json(plan))
                        + "::json, epoch, 'sluice repair', clock_timestamp() FROM sluice.lease");
    }
}
