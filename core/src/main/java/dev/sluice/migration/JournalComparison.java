package dev.sluice.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One comparison of the migrations on disk with those in a journal; made, run once and thrown away. */
final class JournalComparison {
    private static final VersionOrder VERSIONS = new VersionOrder();

    private final List<Migration> order;
    private final OutOfOrder outOfOrder;
    private final List<AppliedMigration> journal;
    private final Map<String, AppliedMigration> byVersion = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private final List<Migration> pending = new ArrayList<>();
    private final List<Migration> underway = new ArrayList<>();
    private final List<Migration> expanded = new ArrayList<>();
    private final List<Migration> applied = new ArrayList<>();
    private final List<Migration> notNeeded = new ArrayList<>();

    JournalComparison(List<Migration> order, List<AppliedMigration> journal, OutOfOrder outOfOrder) {
        this.order = order;
        this.outOfOrder = outOfOrder;
        this.journal = journal;
        journal.forEach(row -> byVersion.put(VersionOrder.key(row.version()), row));
    }

    MigrationStanding run() {
        Optional<Migration> baseline = baseline();
        for (Migration migration : order) {
            place(migration, baseline);
        }
        refuseMissingFiles();
        if (outOfOrder == OutOfOrder.REFUSE) {
            refuseOutOfOrder();
        }
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(problems);
        }
        return new MigrationStanding(pending, underway, expanded, applied, notNeeded);
    }

    /** The baseline this database began with, or would begin with now: the highest, if nothing was applied yet. */
    private Optional<Migration> baseline() {
        List<Migration> baselines = order.stream()
                .filter(migration -> migration.kind() == MigrationKind.BASELINE)
                .toList();
        return journal.isEmpty()
                ? baselines.stream().reduce((first, last) -> last)
                : baselines.stream().filter(this::isInJournal).reduce((first, last) -> last);
    }

    /** A baseline shares its version with an ordinary migration; the checksum tells which of the two was applied. */
    private boolean isInJournal(Migration baseline) {
        boolean ambiguous = order.stream()
                .anyMatch(other -> other.kind() == MigrationKind.VERSIONED
                        && VERSIONS.compare(other.version(), baseline.version()) == 0);
        return row(baseline)
                .filter(row -> !ambiguous || row.checksum().equals(baseline.checksum()))
                .isPresent();
    }

    private void place(Migration migration, Optional<Migration> baseline) {
        boolean isBaseline = migration.kind() == MigrationKind.BASELINE;
        boolean chosen = baseline.filter(migration::equals).isPresent();
        boolean covered = migration.kind() == MigrationKind.VERSIONED
                && baseline.filter(base -> VERSIONS.compare(migration.version(), base.version()) <= 0)
                        .isPresent();
        boolean sameRowAsBaseline = covered
                && baseline.filter(base -> VERSIONS.compare(migration.version(), base.version()) == 0)
                        .isPresent();
        Optional<AppliedMigration> row = row(migration);
        if (isBaseline && !chosen || sameRowAsBaseline || covered && row.isEmpty()) {
            notNeeded.add(migration);
        } else if (row.isEmpty()) {
            pending.add(migration);
        } else {
            placeKnown(migration, row.get());
        }
    }

    private void placeKnown(Migration migration, AppliedMigration row) {
        boolean changed = !row.checksum().equals(migration.checksum());
        if (changed
                && migration.kind() == MigrationKind.REPEATABLE
                && row.progress() == AppliedMigration.Progress.APPLIED) {
            pending.add(migration);
            return;
        }
        if (changed) {
            problems.add(changed(migration, row));
        }
        switch (row.progress()) {
            case UNDERWAY -> underway.add(migration);
            case EXPANDED -> expanded.add(migration);
            case APPLIED -> applied.add(migration);
        }
    }

    static Problem changed(Migration migration, AppliedMigration row) {
        boolean applied = row.progress() == AppliedMigration.Progress.APPLIED;
        String since = applied ? "was applied" : "was begun";
        String next = applied
                ? "make the change a new migration"
                : "go on, and make the change a new migration; or take the migration back with `sluice down`, then edit it";
        return Problem.ofDirectory(
                migration.file(),
                "has changed since version " + migration.version() + " " + since + ".\n"
                        + "    ran:  " + row.checksum() + " (the journal has this text: sluice.migration.up_sql)\n"
                        + "    file: " + migration.checksum() + "\n"
                        + "    An edit here, be it of a comment, reaches no database that has this version. Take the edit"
                        + " back (git checkout " + migration.file() + "), and " + next);
    }

    private void refuseMissingFiles() {
        Set<String> onDisk = order.stream()
                .map(migration -> VersionOrder.key(migration.version()))
                .collect(Collectors.toSet());
        for (AppliedMigration row : journal) {
            if (!onDisk.contains(VersionOrder.key(row.version()))) {
                problems.add(Problem.ofDirectory(
                        "version " + row.version(),
                        "is in the database, and its file is gone. Restore the file (perhaps this checkout is older than the"
                                + " database); or, if the migration was a mistake, take it back with `sluice down`"));
            }
        }
    }

    private void refuseOutOfOrder() {
        List<Migration> versioned = order.stream()
                .filter(migration -> migration.kind() == MigrationKind.VERSIONED)
                .toList();
        Set<Migration> late = new HashSet<>(pending);
        int last = versioned.size() - 1;
        while (last >= 0 && row(versioned.get(last)).isEmpty()) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            if (late.contains(versioned.get(i))) {
                problems.add(Problem.ofDirectory(
                        versioned.get(i).file(),
                        "is not applied, but the later " + versioned.get(last).file() + " is. Give it a new, higher"
                                + " version; or apply it now with --out-of-order, if it does not matter which of them"
                                + " comes first"));
            }
        }
    }

    private Optional<AppliedMigration> row(Migration migration) {
        return Optional.ofNullable(byVersion.get(VersionOrder.key(migration.version())));
    }
}
