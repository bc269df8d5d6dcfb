package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.doctor.Evidence.StepRow;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A migration is at rest in a state that its steps have not come to. */
final class ContradictingSteps implements Check {

    @Override
    public String id() {
        return "steps-contradict";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.evidence().recorded().stream()
                .filter(row -> !row.steps().isEmpty())
                .flatMap(row -> row.plan().stream().flatMap(plan -> find(row, plan)))
                .toList();
    }

    private Stream<Finding> find(Recorded row, Plan plan) {
        Map<String, StepRow> known =
                row.steps().stream().collect(Collectors.toMap(StepRow::id, Function.identity(), (a, b) -> b));
        List<Step> due = switch (row.shape()) {
            case BOTH -> plan.expand();
            case AFTER ->
                Stream.concat(plan.expand().stream(), plan.contract().stream()).toList();
            case BEFORE, GOING, COMING_BACK, FINAL -> List.of();
        };
        List<String> wrong = due.stream()
                .filter(step -> Optional.ofNullable(known.get(step.id()))
                        .filter(StepRow::isDone)
                        .isEmpty())
                .map(step -> step.info().title() + " (" + step.id() + ")")
                .toList();
        if (wrong.isEmpty()) {
            return Stream.empty();
        }
        String state = row.shape() == Shape.BOTH ? "expanding" : "contracting";
        String command = row.shape() == Shape.BOTH ? "sluice up" : "sluice contract";
        return Stream.of(Finding.of(
                        this,
                        ExitCode.DRIFT,
                        row.words(),
                        "it is " + row.state() + ", and these steps are not done: " + String.join(", ", wrong),
                        "the journal was edited, or restored in part; the application may meet a schema that is not finished",
                        Finding.REPAIR + " (puts it back to " + state + "), then " + command
                                + ", which does these steps")
                .mendedBy(Mend.journal(
                        "put migration " + row.version() + " back to " + state,
                        "UPDATE sluice.migration SET state = '" + state + "', finished_at = NULL WHERE version = "
                                + Identifier.literal(row.version()))));
    }
}
