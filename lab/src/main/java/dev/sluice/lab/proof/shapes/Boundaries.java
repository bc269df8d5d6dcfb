package dev.sluice.lab.proof.shapes;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Calls the applications at each step boundary of a run forward. On the thread that runs. */
final class Boundaries implements RunListener {
    private final DataSteps dataSteps;
    private final Set<QualifiedName> dataTables = new TreeSet<>();
    private Consumer<String> work = when -> {};
    private boolean forward;
    private Optional<Phase> phase = Optional.empty();
    private Optional<RunEvent.StepStarted> running = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /** @param always tables that count as such from the beginning */
    Boundaries(DataSteps dataSteps, Set<QualifiedName> always) {
        this.dataSteps = dataSteps;
        this.dataTables.addAll(always);
    }

    /** @param atBoundary is told after which step it is called */
    void tell(Consumer<String> atBoundary) {
        work = atBoundary;
    }

    /** Tables of the old version that statements on data of the steps so far concern. */
    Set<QualifiedName> dataTables() {
        return Set.copyOf(dataTables);
    }

    /** Throws what the work threw: a listener must not. */
    void rethrow() {
        failure.ifPresent(e -> {
            failure = Optional.empty();
            throw e;
        });
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.MigrationStarted started) {
            forward = started.direction() == RunEvent.Direction.FORWARD;
            phase = Optional.of(started.phase());
        } else if (forward && event instanceof RunEvent.StepStarted started) {
            running = Optional.of(started);
            Step step = started.step();
            dataTables.addAll(dataSteps.tables(step));
        } else if (forward && event instanceof RunEvent.StepFinished && failure.isEmpty()) {
            try {
                running.ifPresent(step -> work.accept(when(step)));
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
        }
    }

    private String when(RunEvent.StepStarted step) {
        String name = phase.map(p -> p.name().toLowerCase(Locale.ROOT)).orElse("");
        return "after step " + step.number() + " of " + name + " ("
                + step.step().info().title() + ")";
    }
}
