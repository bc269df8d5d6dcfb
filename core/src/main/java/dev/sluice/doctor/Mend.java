package dev.sluice.doctor;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.TableLock;
import java.util.List;

/**
 * What {@code sluice repair} does about a finding: statements that are shown before, run in one transaction with the
 * row of the journal that tells of them, and can be run again.
 *
 * @param title one line
 * @param locks what is locked first, within the lock budget
 * @param manner how the statements run
 */
public record Mend(String title, List<TableLock> locks, List<String> statements, Manner manner) {

    /** How statements run. */
    public enum Manner {
        /** Under the lease, in one transaction with the row that tells of them. */
        TRANSACTION,
        /** Under the lease, one by one: PostgreSQL forbids them in a transaction. */
        ONE_BY_ONE,
        /** In one transaction before anybody can have the lease: they make what the lease needs. */
        BEFORE_LEASE
    }

    public Mend {
        requireNonNull(title);
        locks = List.copyOf(locks);
        statements = List.copyOf(statements);
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("nothing is done to mend: " + title);
        }
    }

    static Mend journal(String title, String... statements) {
        return new Mend(title, List.of(), List.of(statements), Manner.TRANSACTION);
    }
}
