package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSecrets;
import dev.sluice.planner.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found about one migration.
 *
 * @param file its up script, as the user knows it
 * @param plan as it ran, without passwords; empty when there is none
 * @param refusals why there is no plan
 * @param stages one per aspect that was looked at
 * @param notes what the reader should know although it is not wrong: data that the plain script would fail on, a way back
 *     that its author did not write
 * @param wayBack whether {@code down} could be tried from every state
 */
public record MigrationResult(
        String version,
        String name,
        String file,
        Verdict verdict,
        Optional<Plan> plan,
        List<Refusal> refusals,
        List<StageResult> stages,
        List<String> notes,
        boolean wayBack,
        Duration duration) {

    public MigrationResult {
        requireNonNull(version);
        requireNonNull(name);
        requireNonNull(file);
        requireNonNull(verdict);
        plan = plan.map(PlanSecrets::hidden); // reports are passed around
        refusals = List.copyOf(refusals);
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
        requireNonNull(duration);
    }

    /** What was found about one aspect; nothing checked when it was not looked at. */
    public StageResult stage(Aspect aspect) {
        return stages.stream()
                .filter(stage -> stage.aspect() == aspect)
                .reduce(StageResult::plus)
                .orElseGet(() -> new StageResult(aspect, 0, List.of()));
    }

    /** All that is wrong. */
    public List<Finding> findings() {
        return stages.stream().flatMap(stage -> stage.findings().stream()).toList();
    }

    /** The same with more: another stage's result and what to tell about it. */
    MigrationResult with(StageResult stage, String note) {
        List<StageResult> all = new ArrayList<>(stages);
        all.add(0, stage);
        List<String> told = new ArrayList<>(notes);
        told.add(0, note);
        Verdict both = stage.isRight() || verdict == Verdict.REFUSED ? verdict : Verdict.WRONG;
        return new MigrationResult(version, name, file, both, plan, refusals, all, told, wayBack, duration);
    }
}
