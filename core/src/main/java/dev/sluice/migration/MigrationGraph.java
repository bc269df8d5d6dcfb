package dev.sluice.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The migrations of a project in the order to apply: versions ascending, except that what a migration
 * {@code sluice:depends} on comes before it; repeatable ones last, by name. Immutable and thread-safe.
 */
public final class MigrationGraph {
    private static final VersionOrder VERSIONS = new VersionOrder();

    /** Baselines before the version they stand for, repeatable migrations after everything. */
    static final Comparator<Migration> ORDER = Comparator.<Migration, Boolean>comparing(
                    migration -> migration.kind() == MigrationKind.REPEATABLE)
            .thenComparing(Migration::version, VERSIONS)
            .thenComparing(migration -> migration.kind() != MigrationKind.BASELINE)
            .thenComparing(Migration::file);

    private final List<Migration> order;

    private MigrationGraph(List<Migration> order) {
        this.order = List.copyOf(order);
    }

    /**
     * @throws InvalidMigrationsException if two migrations have one version, if one depends on a version that is not
     *     there, or if they depend on one another in a circle
     */
    public static MigrationGraph of(List<Migration> migrations) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Migration> byKey = new HashMap<>();
        for (Migration migration : migrations) {
            Migration other = byKey.putIfAbsent(key(migration), migration);
            if (other != null) {
                problems.add(Problem.ofDirectory(migration.file(), duplicate(migration, other)));
            }
        }
        for (Migration migration : migrations) {
            for (String parent : migration.dependsOn()) {
                if (!byKey.containsKey(VersionOrder.key(parent))) {
                    problems.add(missing(migration, parent));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(problems);
        }
        return new MigrationGraph(sorted(migrations, byKey));
    }

    /** All of them, in the order to apply. */
    public List<Migration> order() {
        return order;
    }

    /**
     * Compares with what a database says was applied. Pure: reads nothing, changes nothing.
     *
     * @throws InvalidMigrationsException if an applied migration's file is gone or has changed, or if a migration is out
     *     of order and that is not allowed
     */
    public MigrationStanding compare(List<AppliedMigration> applied, OutOfOrder outOfOrder) {
        return new JournalComparison(order, applied, outOfOrder).run();
    }

    /**
     * For what goes on with a migration that has begun: its text must still be the one that began. A file that is gone
     * is no objection, as the journal has the text.
     *
     * @throws InvalidMigrationsException if one has changed
     */
    public void requireUnchanged(List<AppliedMigration> begun) {
        VersionOrder versions = new VersionOrder();
        List<Problem> problems = new ArrayList<>();
        for (AppliedMigration row : begun) {
            List<Migration> files = order.stream()
                    .filter(migration -> versions.compare(migration.version(), row.version()) == 0)
                    .toList();
            if (!files.isEmpty()
                    && files.stream().noneMatch(file -> file.checksum().equals(row.checksum()))) {
                problems.add(JournalComparison.changed(files.get(0), row));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(problems);
        }
    }

    /** What tells a migration from all others; a baseline may have the version of an ordinary migration. */
    static String key(Migration migration) {
        return (migration.kind() == MigrationKind.BASELINE ? "B__" : "") + VersionOrder.key(migration.version());
    }

    private static String duplicate(Migration migration, Migration other) {
        return "has the same version " + migration.version() + " as " + other.file()
                + (migration.version().equals(other.version()) ? "" : " (written " + other.version() + ")")
                + ". Give the newer of the two a new version, unless it has been applied somewhere";
    }

    private static Problem missing(Migration migration, String parent) {
        String message =
                "depends on version " + parent + ", and there is no such migration. Restore its file, or remove"
                        + " the directive if it is not needed any more";
        return migration.up().directives().stream()
                .filter(directive -> directive.name() == DirectiveName.DEPENDS
                        && directive.argument().equals(parent))
                .findFirst()
                .map(directive -> Problem.ofDirectory(migration.up().source(), directive.offset(), message))
                .orElseGet(() -> Problem.ofDirectory(migration.file(), message));
    }

    /** Kahn's algorithm, taking the lowest version among those whose parents are done. */
    private static List<Migration> sorted(List<Migration> migrations, Map<String, Migration> byKey) {
        if (migrations.stream().allMatch(migration -> migration.dependsOn().isEmpty())) {
            return migrations.stream().sorted(ORDER).toList();
        }
        Map<Migration, Integer> missingParents = new HashMap<>();
        Map<Migration, List<Migration>> children = new HashMap<>();
        TreeSet<Migration> ready = new TreeSet<>(ORDER);
        for (Migration migration : migrations) {
            missingParents.put(migration, migration.dependsOn().size());
            if (migration.dependsOn().isEmpty()) {
                ready.add(migration);
            }
            for (String parent : migration.dependsOn()) {
                Migration before = Objects.requireNonNull(byKey.get(VersionOrder.key(parent)));
                children.computeIfAbsent(before, key -> new ArrayList<>()).add(migration);
            }
        }
        List<Migration> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            Migration next = ready.first();
            ready.remove(next);
            sorted.add(next);
            for (Migration child : children.getOrDefault(next, List.of())) {
                if (missingParents.merge(child, -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        if (sorted.size() < migrations.size()) {
            throw new InvalidMigrationsException(List.of(circle(migrations, sorted, byKey)));
        }
        return sorted;
    }

    private static Problem circle(List<Migration> all, List<Migration> sorted, Map<String, Migration> byKey) {
        List<Migration> stuck = new ArrayList<>(all);
        stuck.removeAll(sorted);
        List<Migration> path = new ArrayList<>();
        Migration at = stuck.stream().min(ORDER).orElseThrow();
        while (!path.contains(at)) {
            path.add(at);
            at = at.dependsOn().stream()
                    .map(parent -> Objects.requireNonNull(byKey.get(VersionOrder.key(parent))))
                    .filter(stuck::contains)
                    .findFirst()
                    .orElseThrow();
        }
        List<String> names = new ArrayList<>(path.subList(path.indexOf(at), path.size()).stream()
                .map(Migration::file)
                .toList());
        names.add(at.file());
        return Problem.ofDirectory(
                at.file(), "depends on itself: " + String.join(" → ", names) + ". Remove one of these sluice:depends");
    }
}
