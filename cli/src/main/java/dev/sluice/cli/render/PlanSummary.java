package dev.sluice.cli.render;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plan comes to, in a few lines: what somebody wants to know who reads nothing else. */
final class PlanSummary {
    private PlanSummary() {}

    record Line(String label, String text) {
        Line {
            requireNonNull(label);
            requireNonNull(text);
        }
    }

    static List<Line> of(Plan plan) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("locks", locks(plan)));
        lines.add(new Line("backfill", backfill(plan)));
        lines.add(new Line("reads", scans(plan)));
        lines.add(new Line("back", back(plan)));
        lines.add(new Line("losses", losses(plan)));
        lines.add(new Line("phases", phases(plan)));
        lines.removeIf(line -> line.text().isEmpty());
        return lines;
    }

    private static String locks(Plan plan) {
        LockMode strongest = LockMode.ACCESS_SHARE;
        for (Step step : all(plan)) {
            for (TableLock lock : step.info().locks()) {
                strongest = lock.mode().ordinal() > strongest.ordinal() ? lock.mode() : strongest;
            }
        }
        LockMode mode = strongest;
        Set<String> tables = new LinkedHashSet<>();
        int steps = 0;
        boolean allShort = true;
        for (Step step : all(plan)) {
            boolean takes = false;
            for (TableLock lock : step.info().locks()) {
                if (lock.mode() == mode) {
                    tables.add(lock.table().quoted());
                    takes = true;
                }
            }
            if (takes) {
                steps++;
                allShort &= StepWords.isShort(step);
            }
        }
        String unknown =
                all(plan).stream().anyMatch(StepWords::locksUnknown) ? "; not known of what a directive allows" : "";
        if (steps == 0) {
            return "none on existing tables" + unknown;
        }
        return "strongest: " + mode.sql() + " on "
                + String.join(", ", tables) + " in " + Quantities.of(steps, "step")
                + (allShort ? ", for milliseconds each" : ", while they run") + unknown;
    }

    private static String backfill(Plan plan) {
        // A table that is filled and swept again later counts once.
        Map<String, Long> tables = new LinkedHashMap<>();
        for (Step step : all(plan)) {
            if (step instanceof Step.Backfill backfill) {
                tables.merge(backfill.table().quoted(), step.info().estimatedRows(), Math::max);
            } else if (step instanceof Step.BatchedDml dml) {
                tables.merge(dml.table().quoted(), step.info().estimatedRows(), Math::max);
            }
        }
        long rows =
                tables.values().stream().mapToLong(each -> Math.max(0, each)).sum();
        boolean unknown = tables.containsValue(-1L);
        if (tables.isEmpty()) {
            return "none";
        }
        return (unknown ? "at least " : "about ") + Quantities.rows(rows) + " of " + String.join(", ", tables.keySet())
                + ", in short batches";
    }

    private static String scans(Plan plan) {
        long bytes = 0;
        int steps = 0;
        for (Step step : all(plan)) {
            boolean reads =
                    step instanceof Step.Validate || step instanceof Step.BuildIndex || step instanceof Step.Check;
            if (reads && step.info().estimatedRows() != 0) {
                steps++;
                bytes += Math.max(0, step.info().estimatedBytes());
            }
        }
        return steps == 0
                ? ""
                : Quantities.of(steps, "step") + (steps == 1 ? " reads" : " read") + " whole tables"
                        + (bytes == 0 ? "" : ", " + Quantities.bytes(bytes) + " in all")
                        + ", while reads and writes go on";
    }

    private static String back(Plan plan) {
        if (!plan.knowsWayBack(step -> true)) {
            return "sluice down, with a down script: of what runs as written only its author knows the way back";
        }
        return plan.purge().isEmpty() ? "sluice down, at any time" : "sluice down, at any time until sluice purge";
    }

    private static String losses(Plan plan) {
        long losses = plan.notes().stream()
                .filter(note -> note.level() == Note.Level.LOSS)
                .count();
        return losses == 0 ? "none known" : Quantities.count(losses) + ": see the notes above";
    }

    private static String phases(Plan plan) {
        if (!plan.hasContract()) {
            return "one: sluice up" + (plan.purge().isEmpty() ? "" : ", and some day sluice purge");
        }
        return "two: sluice up, deploy, sluice contract"
                + (plan.purge().isEmpty() ? "" : ", and some day sluice purge");
    }

    private static List<Step> all(Plan plan) {
        List<Step> steps = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            steps.addAll(plan.steps(phase));
        }
        return steps;
    }
}
