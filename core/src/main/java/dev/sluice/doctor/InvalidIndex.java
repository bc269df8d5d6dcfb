package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Found;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.doctor.Thing.Kind;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An index that was not finished. */
final class InvalidIndex implements Check {

    @Override
    public String id() {
        return "index-invalid";
    }

    @Override
    public List<Finding> find(Case subject) {
        boolean busy = subject.evidence().lease().isHeld();
        return subject.evidence().there().entrySet().stream()
                .filter(entry ->
                        entry.getKey().kind() == Kind.INDEX && !entry.getValue().works())
                .filter(entry -> !busy)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> finding(subject, entry.getKey(), entry.getValue()))
                .toList();
    }

    private Finding finding(Case subject, Thing index, Found found) {
        boolean resumed = subject.evidence().recorded().stream()
                .filter(row -> row.shape() == Shape.GOING || row.shape() == Shape.COMING_BACK)
                .flatMap(row -> row.plan().stream())
                .flatMap(plan -> Stream.concat(plan.expand().stream(), plan.contract().stream()))
                .anyMatch(step ->
                        step instanceof Step.BuildIndex build && build.index().equals(index.relation()));
        boolean ours = subject.names().isOurs(index) || isOfAPlan(subject, index);
        String what = "an index build was cut off: it is not used by any query, and every write keeps it up";
        String consequence = "writes are slower for nothing; if it is unique, it may refuse rows";
        if (resumed) {
            return Finding.of(
                    this,
                    ExitCode.OK,
                    index.words(),
                    what,
                    consequence,
                    "the command that goes on with its migration drops and builds it again");
        }
        if (!ours || found.dropSql().isEmpty()) {
            return Finding.of(
                    this,
                    ExitCode.OK,
                    index.words(),
                    what,
                    consequence,
                    "it is not Sluice's; whoever began it: REINDEX INDEX CONCURRENTLY " + index.relation()
                            + ", or DROP INDEX CONCURRENTLY " + index.relation());
        }
        return Finding.of(this, ExitCode.DRIFT, index.words(), what, consequence, Finding.REPAIR + " drops it")
                .mendedBy(new Mend(
                        "drop " + index.words(),
                        List.of(),
                        List.of("DROP INDEX CONCURRENTLY IF EXISTS " + index.relation()),
                        Mend.Manner.ONE_BY_ONE));
    }

    private static boolean isOfAPlan(Case subject, Thing index) {
        return subject.evidence().recorded().stream()
                .flatMap(row -> row.plan().stream())
                .flatMap(plan -> Stream.concat(plan.expand().stream(), plan.contract().stream()))
                .anyMatch(step ->
                        step instanceof Step.BuildIndex build && build.index().equals(index.relation()));
    }
}
