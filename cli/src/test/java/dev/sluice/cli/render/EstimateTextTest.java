package dev.sluice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backfill.Rates;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import dev.sluice.run.Blocker;
import dev.sluice.run.LockEstimate;
import dev.sluice.run.PlanEstimate;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimateTextTest {

    private static final Blocker REPORT = new Blocker(
            4711,
            Blocker.Kind.SESSION,
            "report",
            "shop",
            "local",
            "active",
            Duration.ofSeconds(12),
            "SELECT count(*) FROM users",
            Optional.empty(),
            List.of("users"));

    private static final LockEstimate READS = new LockEstimate(
            "check", "look for NULLs", locks(LockMode.ACCESS_SHARE), Optional.empty(), Optional.empty(), List.of());

    private static final LockEstimate BLOCKS = new LockEstimate(
            "swap",
            "end the dual write",
            locks(LockMode.ACCESS_EXCLUSIVE),
            Optional.of(Duration.ofNanos(3_400_000)),
            Optional.of(Duration.ofMillis(30)),
            List.of(REPORT));

    private static List<TableLock> locks(LockMode mode) {
        return List.of(new TableLock(QualifiedName.of("public", "users"), mode));
    }

    private static PlanEstimate estimate(LockEstimate... locks) {
        return new PlanEstimate(List.of(), List.of(locks), Rates.unknown(), Optional.empty(), 0);
    }

    @Test
    void locksThatAnApplicationWaitsForAreShownWithWhoIsInTheWay() {
        assertThat(EstimateText.text(estimate(READS, BLOCKS), false, Style.of(false)))
                .contains("End the dual write: ACCESS EXCLUSIVE on public.users, held for about 4 ms")
                .contains("nine of ten steps on this database waited at most 30 ms for their locks")
                .contains("in the way now: pid 4711 (app \"report\"")
                .doesNotContain("NULLs");
    }

    @Test
    void withoutSuchLocksAndLargeTablesThereIsNothingToSay() {
        assertThat(EstimateText.text(estimate(READS), false, Style.of(false))).isEmpty();
    }

    @Test
    void jsonHasAllLocks() {
        var locks = EstimateText.json(estimate(READS, BLOCKS)).getAsJsonArray("locks");

        assertThat(locks).hasSize(2);
        var swap = locks.get(1).getAsJsonObject();
        assertThat(swap.get("blocks").getAsBoolean()).isTrue();
        assertThat(swap.get("heldMs").getAsDouble()).isEqualTo(3.4);
        assertThat(swap.get("waitedMs").getAsDouble()).isEqualTo(30);
        assertThat(swap.getAsJsonArray("inTheWay")).hasSize(1);
        assertThat(locks.get(0).getAsJsonObject().has("heldMs")).isFalse();
    }
}
