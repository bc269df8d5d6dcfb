package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;

/** The migration files contradict one another, or cannot be read. */
final class InvalidFiles implements Check {

    @Override
    public String id() {
        return "files-invalid";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.evidence().fileProblems().stream()
                .map(problem -> Finding.of(
                        this,
                        ExitCode.VALIDATION,
                        "the migration files",
                        problem.toString(),
                        "no command that reads the files runs; the files were left out of this examination",
                        "correct the files"))
                .toList();
    }
}
