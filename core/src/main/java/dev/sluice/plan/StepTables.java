package dev.sluice.plan;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables that a step says it locks or works on: not those that only its statements name. Pure. */
public final class StepTables implements Step.Cases<Stream<QualifiedName>> {

    private StepTables() {}

    /** Those of the plan's steps, without their ways back. */
    public static Set<QualifiedName> of(Plan plan) {
        return Stream.of(plan.expand(), plan.contract(), plan.purge())
                .flatMap(List::stream)
                .flatMap(step -> of(step).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of the step, without its way back. */
    public static Set<QualifiedName> of(Step step) {
        return Stream.concat(step.info().locks().stream().map(TableLock::table), step.match(new StepTables()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Stream<QualifiedName> brief(Step.Brief step) {
        return Stream.empty();
    }

    @Override
    public Stream<QualifiedName> buildIndex(Step.BuildIndex step) {
        return Stream.of(step.table());
    }

    @Override
    public Stream<QualifiedName> dropIndex(Step.DropIndex step) {
        return Stream.empty();
    }

    @Override
    public Stream<QualifiedName> validate(Step.Validate step) {
        return Stream.of(step.table());
    }

    @Override
    public Stream<QualifiedName> backfill(Step.Backfill step) {
        return Stream.of(step.table());
    }

    @Override
    public Stream<QualifiedName> check(Step.Check step) {
        if (step.probe() instanceof Probe.NoRows rows) {
            return Stream.of(rows.table());
        }
        return step.probe() instanceof Probe.Evaluates evaluates ? Stream.of(evaluates.table()) : Stream.empty();
    }

    @Override
    public Stream<QualifiedName> batchedDml(Step.BatchedDml step) {
        return Stream.of(step.table());
    }

    @Override
    public Stream<QualifiedName> opaque(Step.Opaque step) {
        return Stream.empty();
    }

    @Override
    public Stream<QualifiedName> discard(Step.Discard step) {
        return Stream.of(step.table());
    }
}
