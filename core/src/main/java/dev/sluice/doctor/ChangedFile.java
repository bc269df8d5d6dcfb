package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.migration.MigrationKind;
import java.util.List;

/** The file of a migration is not what ran. */
final class ChangedFile implements Check {

    @Override
    public String id() {
        return "file-changed";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.evidence().recorded().stream()
                .filter(row -> row.shape() != Shape.BEFORE)
                .flatMap(row -> subject
                        .file(row.version())
                        .filter(file -> !file.checksum().equals(row.checksum()))
                        .filter(file -> file.kind() != MigrationKind.REPEATABLE)
                        .stream()
                        .map(file -> Finding.of(
                                this,
                                ExitCode.VALIDATION,
                                file.file(),
                                "it has changed since version " + row.version() + " ran (ran: " + row.checksum()
                                        + ", file: " + file.checksum() + ")",
                                "sluice up and contract refuse to go on; databases made from the file from now on differ from"
                                        + " this one",
                                "git checkout " + file.file()
                                        + ", and make the change a new migration; if what changed is"
                                        + " known to make no difference (a comment): " + Finding.REPAIR + " --accept "
                                        + row.version())))
                .toList();
    }
}
