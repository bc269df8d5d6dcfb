package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import java.util.List;

/** The file of a migration is gone. */
final class MissingFile implements Check {

    @Override
    public String id() {
        return "file-missing";
    }

    @Override
    public List<Finding> find(Case subject) {
        if (!subject.evidence().fileProblems().isEmpty()) {
            return List.of();
        }
        return subject.evidence().recorded().stream()
                .filter(row -> row.shape() != Shape.BEFORE
                        && subject.file(row.version()).isEmpty())
                .map(row -> Finding.of(
                        this,
                        ExitCode.VALIDATION,
                        row.words(),
                        "it is " + row.state() + ", and its file " + row.file() + " is gone",
                        "sluice up refuses to go on; a new database would lack this migration",
                        "restore the file (its text is in sluice.migration.up_sql), perhaps this checkout is older than the"
                                + " database; or sluice down, if the migration was a mistake"))
                .toList();
    }
}
