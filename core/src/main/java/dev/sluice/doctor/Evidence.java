package dev.sluice.doctor;

import static java.util.Objects.requireNonNull;

import dev.sluice.migration.Migration;
import dev.sluice.migration.Problem;
import dev.sluice.plan.Plan;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the doctor looks at, read at one moment.
 *
 * @param journal the state of the journal's own tables
 * @param recorded the migrations that the journal knows, in the order in which they were begun
 * @param versionsSeen every version that journal, events or files speak of
 * @param files the migrations on disk in their order; empty when they are invalid
 * @param fileProblems what is wrong with the files
 * @param there what is in the catalog
 * @param cursors where backfills stand
 * @param kept what migrations that were taken back have kept, for people
 * @param creationSchema where an unqualified CREATE goes
 * @param serverVersion {@code server_version_num}
 */
public record Evidence(
        Journal journal,
        List<Recorded> recorded,
        Set<String> versionsSeen,
        List<Migration> files,
        List<Problem> fileProblems,
        Map<Thing, Found> there,
        Lease lease,
        List<Backfill> cursors,
        List<String> kept,
        String creationSchema,
        int serverVersion) {

    public Evidence {
        requireNonNull(journal);
        recorded = List.copyOf(recorded);
        versionsSeen = Set.copyOf(versionsSeen);
        files = List.copyOf(files);
        fileProblems = List.copyOf(fileProblems);
        there = Map.copyOf(there);
        requireNonNull(lease);
        cursors = List.copyOf(cursors);
        kept = List.copyOf(kept);
        requireNonNull(creationSchema);
    }

    /**
     * The journal's own tables.
     *
     * @param there whether Sluice has ever run here
     * @param version of its tables
     * @param known the version that this Sluice knows
     * @param damage what lacks, for people
     * @param mend statements that make what lacks, as far as that loses nothing
     * @param mendable whether {@code mend} makes it whole
     */
    public record Journal(
            boolean there, int version, int known, List<String> damage, List<String> mend, boolean mendable) {
        public Journal {
            damage = List.copyOf(damage);
            mend = List.copyOf(mend);
        }

        /** Whether its rows can be relied on. */
        public boolean isReadable() {
            return there && damage.isEmpty() && version <= known;
        }
    }

    /** Which shape the database has, or should have, on behalf of a migration. */
    public enum Shape {
        /** As before it: never run, or taken back. */
        BEFORE,
        /** A run stopped half-way, forward. */
        GOING,
        /** A run stopped half-way, going back. */
        COMING_BACK,
        /** Both application versions work. */
        BOTH,
        /** Only the new one works; the archive allows to go back. */
        AFTER,
        /** As after a plain run; nothing is kept. */
        FINAL
    }

    /**
     * A row of the journal.
     *
     * @param state in the journal's words
     * @param plan empty when what the journal has is no plan
     * @param next the command that goes on, when one has to
     */
    public record Recorded(
            String version,
            String name,
            Shape shape,
            String state,
            String file,
            String checksum,
            Optional<Plan> plan,
            List<StepRow> steps,
            Optional<String> lastError,
            Optional<String> next) {
        public Recorded {
            requireNonNull(version);
            requireNonNull(name);
            requireNonNull(shape);
            requireNonNull(state);
            requireNonNull(file);
            requireNonNull(checksum);
            requireNonNull(plan);
            steps = List.copyOf(steps);
            requireNonNull(lastError);
            requireNonNull(next);
        }

        String words() {
            return "migration " + version + " " + name;
        }
    }

    /** A row about a step; {@code state} in the journal's words. */
    public record StepRow(String id, String phase, String state, String title) {
        public StepRow {
            requireNonNull(id);
            requireNonNull(phase);
            requireNonNull(state);
            requireNonNull(title);
        }

        boolean isDone() {
            return state.equals("done");
        }
    }

    /**
     * Something in the catalog.
     *
     * @param works false for a trigger that does not fire, an index or a constraint that is not valid
     * @param dropSql the statement that drops it and nothing else; empty when it holds data, which no repair drops
     * @param table what has to be locked meanwhile
     */
    public record Found(boolean works, Optional<String> dropSql, Optional<QualifiedName> table) {
        public Found {
            requireNonNull(dropSql);
            requireNonNull(table);
        }
    }

    /**
     * Who may run.
     *
     * @param rows of the lease table; exactly one is right
     * @param holder in words, when one has written its name
     * @param expired whether its time is over
     * @param lockedBy the process that holds the advisory lock; empty when none does
     */
    public record Lease(int rows, Optional<String> holder, boolean expired, Optional<Integer> lockedBy) {
        public Lease {
            requireNonNull(holder);
            requireNonNull(lockedBy);
        }

        /** Whether somebody is at work, so that half-done things are nothing to worry about. */
        boolean isHeld() {
            return holder.isPresent() && !expired;
        }
    }

    /**
     * The cursor of a step.
     *
     * @param trouble why it cannot be used as it is, for people; empty when it can
     */
    public record Backfill(String version, String step, Optional<String> trouble) {
        public Backfill {
            requireNonNull(version);
            requireNonNull(step);
            requireNonNull(trouble);
        }
    }
}
