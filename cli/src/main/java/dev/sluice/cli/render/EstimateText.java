package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.backfill.Rates;
import dev.sluice.run.LockEstimate;
import dev.sluice.run.PlanEstimate;
import dev.sluice.run.StepEstimate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a plan is expected to take. */
public final class EstimateText {

    /** So that nothing is said to take 0 ms. */
    private static final Duration ROUND_UP = Duration.ofNanos(999_999);

    private EstimateText() {}

    /** Of locks those that an application waits for; empty when there are none, and no step goes over a large table. */
    public static String text(PlanEstimate estimate, boolean diskFreeKnown, Style style) {
        List<LockEstimate> blocking =
                estimate.locks().stream().filter(LockEstimate::blocks).toList();
        if (estimate.steps().isEmpty() && blocking.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(style.bold("Estimate"));
        text.append(style.dim(" (within a factor of two or three, at full speed)"))
                .append('\n');
        if (!estimate.steps().isEmpty()) {
            work(estimate, diskFreeKnown, text);
        }
        if (!blocking.isEmpty()) {
            locks(blocking, text);
        }
        return text.toString();
    }

    private static void work(PlanEstimate estimate, boolean diskFreeKnown, StringBuilder text) {
        for (StepEstimate step : estimate.steps()) {
            text.append("    ")
                    .append(StepWords.capitalised(step.title()))
                    .append(": ")
                    .append(step.duration().map(Quantities::time).orElse("time unknown"))
                    .append(", log ")
                    .append(Quantities.bytes(step.walBytes()))
                    .append(", disk ")
                    .append(Quantities.bytes(step.diskBytes()))
                    .append('\n');
        }
        text.append("    basis: ")
                .append(
                        estimate.rates().isKnown()
                                ? estimate.rates().basis()
                                : "sizes only; this role may not make a temporary table to measure with")
                .append('\n');
        if (estimate.rates().dualWriteMicros() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "    dual write: about %.1f µs for each row that the application writes%n",
                    estimate.rates().dualWriteMicros()));
        }
        text.append("    space: ")
                .append(Quantities.bytes(estimate.spaceNeeded()))
                .append(diskFreeKnown ? "" : "; how much is free is not known (--disk-free)")
                .append('\n');
    }

    private static void locks(List<LockEstimate> blocking, StringBuilder text) {
        text.append("    locks:\n");
        for (LockEstimate lock : blocking) {
            text.append("      ")
                    .append(StepWords.capitalised(lock.title()))
                    .append(": ")
                    .append(lock.locks().stream()
                            .map(each -> each.mode().sql() + " on " + each.table())
                            .collect(Collectors.joining(", ")))
                    .append(cost(lock))
                    .append('\n');
        }
        blocking.stream()
                .flatMap(lock -> lock.waited().stream())
                .findFirst()
                .ifPresent(waited -> text.append("      nine of ten steps on this database waited at most ")
                        .append(Quantities.time(waited))
                        .append(" for their locks\n"));
        Set<String> inTheWay = new LinkedHashSet<>();
        blocking.forEach(lock -> lock.inTheWay().forEach(blocker -> inTheWay.add(blocker.describe())));
        inTheWay.forEach(
                blocker -> text.append("      in the way now: ").append(blocker).append('\n'));
    }

    private static String cost(LockEstimate lock) {
        return lock.held()
                .map(held -> ", held for about " + Quantities.time(held.plus(ROUND_UP)))
                .orElse(", held for a time that is not known");
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static JsonObject json(PlanEstimate estimate) {
        JsonObject object = new JsonObject();
        JsonArray steps = new JsonArray();
        for (StepEstimate step : estimate.steps()) {
            JsonObject item = new JsonObject();
            item.addProperty("step", step.step());
            item.addProperty("table", step.table().toString());
            step.duration().ifPresent(time -> item.addProperty("durationMs", time.toMillis()));
            item.addProperty("walBytes", step.walBytes());
            item.addProperty("diskBytes", step.diskBytes());
            steps.add(item);
        }
        object.add("steps", steps);
        estimate.duration().ifPresent(time -> object.addProperty("durationMs", time.toMillis()));
        object.addProperty("walBytes", estimate.walBytes());
        object.addProperty("diskBytes", estimate.diskBytes());
        object.addProperty("spaceBytes", estimate.spaceNeeded());
        Rates rates = estimate.rates();
        if (rates.isKnown()) {
            object.addProperty("basis", rates.basis());
            object.addProperty("dualWriteMicrosPerRow", rates.dualWriteMicros());
        }
        JsonArray locks = new JsonArray();
        estimate.locks().forEach(lock -> locks.add(json(lock)));
        object.add("locks", locks);
        estimate.lockHeld().ifPresent(held -> object.addProperty("lockHeldMs", held.toNanos() / 1e6));
        return object;
    }

    private static JsonObject json(LockEstimate lock) {
        JsonObject item = new JsonObject();
        item.addProperty("step", lock.step());
        JsonArray tables = new JsonArray();
        lock.locks().forEach(each -> {
            JsonObject table = new JsonObject();
            table.addProperty("table", each.table().toString());
            table.addProperty("mode", each.mode().sql());
            tables.add(table);
        });
        item.add("tables", tables);
        item.addProperty("blocks", lock.blocks());
        lock.held().ifPresent(held -> item.addProperty("heldMs", held.toNanos() / 1e6));
        lock.waited().ifPresent(waited -> item.addProperty("waitedMs", waited.toNanos() / 1e6));
        JsonArray inTheWay = new JsonArray();
        lock.inTheWay().forEach(blocker -> inTheWay.add(blocker.describe()));
        item.add("inTheWay", inTheWay);
        return item;
    }
}
