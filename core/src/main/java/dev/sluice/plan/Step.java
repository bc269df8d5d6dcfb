package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * The unit that runs, is journalled, resumed and undone. A closed set: a new kind is a deliberate change which the
 * compiler flags wherever steps are handled ({@link #match}).
 *
 * <p>Every SQL text is complete and schema-qualified; running the texts in order with the plan's {@code search_path} does
 * what the step says.
 */
public sealed interface Step {

    StepInfo info();

    <R> R match(Cases<R> cases);

    default String id() {
        return info().id();
    }

    /** What is sent as it stands here; empty for kinds whose statements follow from the state of the table. */
    default List<String> statements() {
        return List.of();
    }

    /** One handler per kind. */
    interface Cases<R> {
        R brief(Brief step);

        R buildIndex(BuildIndex step);

        R dropIndex(DropIndex step);

        R validate(Validate step);

        R backfill(Backfill step);

        R check(Check step);

        R batchedDml(BatchedDml step);

        R opaque(Opaque step);

        R discard(Discard step);
    }

    /** What a {@link Brief} is for; only its presentation differs. */
    enum Purpose {
        /** The script's own statements on objects nobody uses yet, as written. */
        PLAIN,
        /** Catalog-only DDL. */
        DDL,
        /** Installs, replaces or removes a dual write. */
        DUAL_WRITE,
        /** Gives things their final names. */
        SWAP,
        /**
         * Puts a column in the place of its double. Its undo makes the old column again and no double, so that only
         * together with the rest of the migration it leads to a state in which an application works.
         */
        EXCHANGE,
        /** Takes things out of sight, recoverably. */
        ARCHIVE,
        /** Brings archived things back. */
        RESTORE,
        /** Drops for good. */
        DROP
    }

    /**
     * Catalog-only statements in one short transaction: look first, {@code lock_timeout}, LOCK TABLE of {@code
     * info().locks()} in order, statements, journal row, COMMIT. Retried as a whole.
     *
     * @param guards checked first, after the locks are held; when one is not true the transaction rolls back and the
     *     migration has to be planned anew (for example "the table is still empty")
     */
    record Brief(StepInfo info, Purpose purpose, List<Guard> guards, List<String> statements) implements Step {
        public Brief {
            requireNonNull(info);
            requireNonNull(purpose);
            guards = List.copyOf(guards);
            statements = List.copyOf(statements);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.brief(this);
        }
    }

    /** {@code query} returns one boolean; {@code message} says what it means when it is not true. */
    record Guard(String query, String message) {
        public Guard {
            requireNonNull(query);
            requireNonNull(message);
        }
    }

    /**
     * CREATE [UNIQUE] INDEX CONCURRENTLY {@code index} on {@code table}. Never under a lock or statement timeout: that
     * would abort the wait and leave an invalid index. An invalid leftover of this name is dropped first; a valid index of
     * this name means that the step has been done.
     */
    record BuildIndex(StepInfo info, QualifiedName table, QualifiedName index, String sql) implements Step {
        public BuildIndex {
            requireNonNull(info);
            requireNonNull(table);
            requireNonNull(index);
            requireNonNull(sql);
        }

        @Override
        public List<String> statements() {
            return List.of(sql);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.buildIndex(this);
        }
    }

    /** DROP INDEX CONCURRENTLY IF EXISTS. */
    record DropIndex(StepInfo info, QualifiedName index, String sql) implements Step {
        public DropIndex {
            requireNonNull(info);
            requireNonNull(index);
            requireNonNull(sql);
        }

        @Override
        public List<String> statements() {
            return List.of(sql);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.dropIndex(this);
        }
    }

    /**
     * ALTER TABLE … VALIDATE CONSTRAINT: scans under SHARE UPDATE EXCLUSIVE, in a transaction of its own. Done when the
     * catalog says that the constraint is valid. {@code violations} finds the rows that make it fail.
     */
    record Validate(StepInfo info, QualifiedName table, String constraint, String sql, Optional<Probe> violations)
            implements Step {
        public Validate {
            requireNonNull(info);
            requireNonNull(table);
            requireNonNull(constraint);
            requireNonNull(sql);
            requireNonNull(violations);
        }

        @Override
        public List<String> statements() {
            return List.of(sql);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.validate(this);
        }
    }

    /**
     * {@code UPDATE table SET assignments WHERE pending} over the whole table in short batches, then a sweep that proves
     * that no row is left for which {@code pending} holds. Idempotent: {@code pending} is false for a filled row.
     *
     * @param assignments evaluated on the row as it is
     * @param pending SQL predicate over the table's own columns
     * @param suppressUserTriggers when the plain run would not have fired user row triggers (a rename, a type change);
     *     the batches then run under {@code session_replication_role = replica}, which the runner checks it may set
     * @param keyColumns identify a row in a report; empty when the table has no key
     * @param required SQL predicate: which of the pending rows must not be left. Empty: all of them. Others may go on coming, as
     *     rows do whose value is looked up where the application writes later
     */
    record Backfill(
            StepInfo info,
            QualifiedName table,
            List<Assignment> assignments,
            String pending,
            boolean suppressUserTriggers,
            List<String> keyColumns,
            Optional<String> required)
            implements Step {

        /** All pending rows have to be filled. */
        public Backfill(
                StepInfo info,
                QualifiedName table,
                List<Assignment> assignments,
                String pending,
                boolean suppressUserTriggers,
                List<String> keyColumns) {
            this(info, table, assignments, pending, suppressUserTriggers, keyColumns, Optional.empty());
        }

        public Backfill {
            requireNonNull(info);
            requireNonNull(table);
            assignments = List.copyOf(assignments);
            requireNonNull(pending);
            keyColumns = List.copyOf(keyColumns);
            requireNonNull(required);
            if (assignments.isEmpty()) {
                throw new IllegalArgumentException("a backfill needs an assignment: " + info.id());
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.backfill(this);
        }
    }

    /**
     * Asks the data before anything is changed (pre-flight) or before going on (proof). Changes nothing.
     *
     * @param violation what it means when the answer is wrong, and what to do: a sentence or two for the person on call
     * @param stop whether a wrong answer stops the run; otherwise it is only reported, with example rows
     */
    record Check(StepInfo info, Probe probe, String violation, boolean stop) implements Step {
        public Check {
            requireNonNull(info);
            requireNonNull(probe);
            requireNonNull(violation);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.check(this);
        }
    }

    /**
     * UPDATE or DELETE of existing data, from the script, row by row independent: in short batches, every row exactly
     * once. What it overwrites or deletes is kept in {@code archive} (created by the step: the key columns and every
     * column of {@code keptColumns}), which is also what makes each row's turn unique and the undo exact.
     *
     * @param assignments empty for DELETE
     * @param where the script's condition, over the table's own columns
     */
    record BatchedDml(
            StepInfo info,
            QualifiedName table,
            Kind kind,
            List<Assignment> assignments,
            String where,
            List<String> keyColumns,
            List<String> keptColumns,
            QualifiedName archive)
            implements Step {

        /** What happens to the rows. {@code RESTORE_*} put back from the archive what the other kind took. */
        public enum Kind {
            UPDATE,
            DELETE,
            RESTORE_UPDATED,
            RESTORE_DELETED
        }

        public BatchedDml {
            requireNonNull(info);
            requireNonNull(table);
            requireNonNull(kind);
            assignments = List.copyOf(assignments);
            requireNonNull(where);
            keyColumns = List.copyOf(keyColumns);
            keptColumns = List.copyOf(keptColumns);
            requireNonNull(archive);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.batchedDml(this);
        }
    }

    /**
     * Statements that Sluice does not look into: DML on small tables, DO blocks a directive allows, and forms PostgreSQL
     * forbids in a transaction. With {@code transactional} they run together with their journal row.
     *
     * @param doneWhen for a non-transactional statement: a query returning one boolean that tells from the catalog whether
     *     it took effect; empty when that cannot be told (the runner then asks a person)
     * @param allowed the hazard that the author accepts: nobody has looked at what the statements do, and the locks are those
     *     that the author names
     */
    record Opaque(
            StepInfo info,
            List<String> statements,
            boolean transactional,
            Optional<String> doneWhen,
            Optional<String> allowed)
            implements Step {
        public Opaque {
            requireNonNull(info);
            statements = List.copyOf(statements);
            requireNonNull(doneWhen);
            requireNonNull(allowed);
        }

        /** Whether it may lock tables that the plan does not name. */
        public boolean locksUnknown() {
            return allowed.isPresent() && info.locks().isEmpty();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.opaque(this);
        }
    }

    /**
     * Drops an archived thing, unless it holds data that exists nowhere else: when {@code keepWhen} (over the rows of
     * {@code table}) holds for a row, it stays in the archive until purge and the runner says so, with a count.
     *
     * @param table the archived table, or the table that has the archived column
     * @param column the archived column; empty when the table itself is the archived thing
     */
    record Discard(StepInfo info, QualifiedName table, Optional<String> column, String keepWhen, List<String> dropSql)
            implements Step {
        public Discard {
            requireNonNull(info);
            requireNonNull(table);
            requireNonNull(column);
            requireNonNull(keepWhen);
            dropSql = List.copyOf(dropSql);
        }

        @Override
        public List<String> statements() {
            return dropSql;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.discard(this);
        }
    }
}
