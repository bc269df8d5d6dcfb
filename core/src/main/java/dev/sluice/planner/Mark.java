package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.QualifiedName;

/** What a draft remembers of the statements before, besides the relations that they make. */
public sealed interface Mark {

    /** A thing of this name gets its final form only in this slot. */
    record WaitsFor(Slot slot, String name) implements Mark {
        public WaitsFor {
            requireNonNull(slot);
            requireNonNull(name);
        }
    }

    /** Rows of the table change in this slot. */
    record RowsChange(Slot slot, QualifiedName table) implements Mark {
        public RowsChange {
            requireNonNull(slot);
            requireNonNull(table);
        }
    }

    /** Rows of the table are read in this slot, by a statement that changes something else. */
    record RowsRead(Slot slot, QualifiedName table) implements Mark {
        public RowsRead {
            requireNonNull(slot);
            requireNonNull(table);
        }
    }

    /** The statement that starts here runs as written, with the locks that its author names. */
    record RunsAsAllowed(int start) implements Mark {}

    /** A constraint of this name was made in this schema. */
    record ConstraintMade(QualifiedName name) implements Mark {
        public ConstraintMade {
            requireNonNull(name);
        }
    }

    /** Extended statistics of this name were made. */
    record StatisticsMade(QualifiedName name) implements Mark {
        public StatisticsMade {
            requireNonNull(name);
        }
    }

    /**
     * What the script drops and makes again is planned already.
     *
     * @param arguments of a function, with brackets; empty for other things
     */
    record MadeAgain(QualifiedName name, String arguments) implements Mark {
        public MadeAgain {
            requireNonNull(name);
            requireNonNull(arguments);
        }
    }

    /** So is the statement that starts here and makes it. */
    record MadeAgainBy(int start) implements Mark {}
}
