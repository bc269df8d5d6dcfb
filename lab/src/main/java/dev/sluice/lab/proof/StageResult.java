package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was found about one aspect of one migration.
 *
 * @param checked how much was looked at: comparisons, statements, steps, whatever the aspect counts; 0 means that nothing
 *     was proven
 * @param findings what is wrong; none when all that was checked is right
 * @param notes what the reader should know although it is not wrong: what could not be tried, and why
 */
public record StageResult(Aspect aspect, long checked, List<Finding> findings, List<String> notes) {

    /** Nothing to tell besides. */
    public StageResult(Aspect aspect, long checked, List<Finding> findings) {
        this(aspect, checked, findings, List.of());
    }

    public StageResult {
        requireNonNull(aspect);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
        if (checked < 0) {
            throw new IllegalArgumentException("checked is " + checked);
        }
    }

    public boolean isRight() {
        return findings.isEmpty();
    }

    /** Both together; they are about the same aspect. */
    public StageResult plus(StageResult other) {
        if (other.aspect != aspect) {
            throw new IllegalArgumentException(aspect + " and " + other.aspect);
        }
        return new StageResult(
                aspect,
                checked + other.checked,
                Stream.concat(findings.stream(), other.findings.stream()).toList(),
                Stream.concat(notes.stream(), other.notes.stream()).toList());
    }
}
