package dev.sluice.lab.proof;

import dev.sluice.plan.Note;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows that a way back does not change again, because the plan says of a statement that it cannot be taken back. */
final class RowsThatStay {
    private static final String TOLD = "cannot be taken back";

    private RowsThatStay() {}

    /** With some of its steps done, and none of them with a way back, such a plan refuses to go back. */
    static boolean areTold(Plan plan) {
        return plan.notes().stream().anyMatch(note -> note.text().contains(TOLD));
    }

    /** Why the plan is not held to these; empty when one of them is something else than rows that it speaks of. */
    static Optional<String> excuse(Plan plan, List<Finding> findings) {
        List<Note> told =
                plan.notes().stream().filter(note -> note.text().contains(TOLD)).toList();
        boolean all = !findings.isEmpty()
                && findings.stream().allMatch(f -> told.stream().anyMatch(note -> isAbout(plan, note, f)));
        return all
                ? Optional.of("no exact way back: "
                        + told.stream()
                                .map(Note::text)
                                .distinct()
                                .reduce((a, b) -> a + "; " + b)
                                .orElseThrow())
                : Optional.empty();
    }

    private static boolean isAbout(Plan plan, Note note, Finding finding) {
        String table = finding.object().replaceFirst("(?s)^(table|row .* of) ", "");
        return finding.check() == Check.ROWS
                && (changes(plan, note, table) || note.text().contains(" rows of " + table + " through "));
    }

    /** Whether the statement that the note is about runs as written, on that table. */
    private static boolean changes(Plan plan, Note note, String table) {
        return Stream.of(plan.expand(), plan.contract())
                .flatMap(List::stream)
                .filter(step -> step.info().source().equals(note.source()))
                .filter(step ->
                        step instanceof Step.Opaque && step.info().undo().isEmpty())
                .flatMap(step -> step.info().locks().stream())
                .anyMatch(lock -> lock.table().quoted().equals(table));
    }
}
