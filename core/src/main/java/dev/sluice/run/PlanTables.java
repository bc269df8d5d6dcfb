package dev.sluice.run;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tables that a plan touches. */
final class PlanTables implements Step.Cases<Stream<QualifiedName>> {

    private PlanTables() {}

    static Set<QualifiedName> of(Plan plan) {
        Set<QualifiedName> tables = new TreeSet<>();
        Stream.of(plan.expand(), plan.contract(), plan.purge())
                .flatMap(List::stream)
                .forEach(step -> {
                    step.info().locks().stream().map(TableLock::table).forEach(tables::add);
                    step.match(new PlanTables()).forEach(tables::add);
                });
        return tables;
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
