package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.backfill.Rates;
import dev.sluice.run.PlanEstimate;
import dev.sluice.run.StepEstimate;
import java.util.Locale;

/** What a plan is expected to take. */
public final class EstimateText {

    private EstimateText() {}

    /** Empty when no step goes over a large table. */
    public static String text(PlanEstimate estimate, boolean diskFreeKnown, Style style) {
        if (estimate.steps().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(style.bold("Estimate"));
        text.append(style.dim(" (within a factor of two or three, at full speed)"))
                .append('\n');
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
        estimate.lockHeld()
                .ifPresent(held -> text.append(String.format(
                        Locale.ROOT,
                        "    locks: nine of ten steps on this database held theirs for at most %.1f ms%n",
                        held.toNanos() / 1e6)));
        text.append("    space: ")
                .append(Quantities.bytes(estimate.spaceNeeded()))
                .append(diskFreeKnown ? "" : "; how much is free is not known (--disk-free)")
                .append('\n');
        return text.toString();
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
        estimate.lockHeld().ifPresent(held -> object.addProperty("lockHeldMs", held.toNanos() / 1e6));
        return object;
    }
}
