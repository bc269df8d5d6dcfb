package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A migration is pending whose changes are there already, all of them or some. */
final class AppliedByHand implements Check {

    @Override
    public String id() {
        return "applied-by-hand";
    }

    @Override
    public List<Finding> find(Case subject) {
        if (!subject.isJournalReadable()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Set<Thing> dropped = new HashSet<>();
        for (Migration file : subject.evidence().files()) {
            boolean pending = file.kind() == MigrationKind.VERSIONED
                    && subject.recorded(file.version())
                            .filter(row -> row.shape() != Shape.BEFORE)
                            .isEmpty();
            if (pending) {
                ScriptTrace trace = ScriptTrace.of(subject, file).without(dropped);
                dropped.addAll(trace.gone());
                if (!trace.present().isEmpty()) {
                    findings.add(finding(file, trace));
                }
            }
        }
        return findings;
    }

    private Finding finding(Migration file, ScriptTrace trace) {
        boolean all = trace.isApplied();
        String there = words(trace.present());
        return Finding.of(
                this,
                ExitCode.DRIFT,
                file.file(),
                all
                        ? "it is pending, and all that it makes is there: " + there
                        : "it is pending, and part of what it makes is there (" + there + "), part is not ("
                                + words(trace.absent()) + ")",
                "sluice up would fail or leave things twice",
                all
                        ? "if somebody ran it by hand: " + Finding.REPAIR + " --stamp " + file.version()
                                + ", which records it as applied and runs nothing"
                        : "finish it by hand, then " + Finding.REPAIR + " --stamp " + file.version()
                                + "; or take back by hand what is there, then sluice up");
    }

    private static String words(List<Thing> things) {
        return things.stream().map(Thing::words).collect(Collectors.joining(", "));
    }
}
