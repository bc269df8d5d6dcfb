package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import java.util.List;

/** A migration is pending that is older than one which was applied. */
final class OutOfOrderFile implements Check {

    @Override
    public String id() {
        return "out-of-order";
    }

    @Override
    public List<Finding> find(Case subject) {
        List<Migration> versioned = subject.evidence().files().stream()
                .filter(file -> file.kind() == MigrationKind.VERSIONED)
                .toList();
        int last = versioned.size() - 1;
        while (last >= 0 && isPending(subject, versioned.get(last))) {
            last--;
        }
        if (last < 0 || subject.evidence().files().stream().anyMatch(file -> file.kind() == MigrationKind.BASELINE)) {
            return List.of(); // a baseline stands for those before it
        }
        String later = versioned.get(last).file();
        return versioned.subList(0, last).stream()
                .filter(file -> isPending(subject, file))
                .map(
                        file -> Finding.of(
                                this,
                                ExitCode.VALIDATION,
                                file.file(),
                                "it is not applied, and the later " + later + " is",
                                "sluice up refuses to go on",
                                "give it a new, higher version; or sluice up --out-of-order, if it does not matter which comes first"))
                .toList();
    }

    private static boolean isPending(Case subject, Migration file) {
        return subject.recorded(file.version())
                .filter(row -> row.shape() != Shape.BEFORE)
                .isEmpty();
    }
}
