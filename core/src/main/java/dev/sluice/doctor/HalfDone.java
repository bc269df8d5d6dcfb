package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.doctor.Evidence.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** A run stopped half-way. */
final class HalfDone implements Check {

    @Override
    public String id() {
        return "half-done";
    }

    @Override
    public List<Finding> find(Case subject) {
        if (subject.evidence().lease().isHeld()) {
            return List.of(); // somebody is at it
        }
        return subject.evidence().recorded().stream()
                .filter(row -> row.shape() == Shape.GOING || row.shape() == Shape.COMING_BACK)
                .map(this::finding)
                .toList();
    }

    private Finding finding(Recorded row) {
        String steps = row.steps().stream()
                .map(step -> step.title() + ": " + step.state())
                .collect(Collectors.joining("; "));
        String working = row.state().equals("expanding")
                ? "the old version of the application works as before"
                : "both versions may be affected: finish it soon";
        return Finding.of(
                this,
                ExitCode.PENDING,
                row.words(),
                "it is " + row.state() + (steps.isEmpty() ? ", and no step was begun" : " (" + steps + ")")
                        + row.lastError()
                                .map(error -> "; the last run failed: " + error.strip())
                                .orElse(""),
                working,
                row.next().orElse("sluice status")
                        + (row.state().equals("purging") || row.state().equals("reverting")
                                ? " goes on"
                                : " goes on, sluice down takes it back"));
    }
}
