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

    /** The statement that starts here makes again what the script drops before, or something of it. */
    record MadeAgainBy(int start) implements Mark {}

    /** What the statement that starts here makes again is planned, together with what the one that starts at {@code first} does. */
    record ChangesPlaces(int start, int first) implements Mark {}
}
