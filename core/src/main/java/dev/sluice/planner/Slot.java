package dev.sluice.planner;

import dev.sluice.plan.Phase;

/** Where in a plan a step goes. Within a slot steps keep the order of the script. */
public enum Slot {
    /** Questions to the data before anything is changed. */
    PREFLIGHT(Phase.EXPAND),
    /** New objects, and changes that stand alone. */
    CREATE(Phase.EXPAND),
    /** New columns and their dual writes. */
    INSTALL(Phase.EXPAND),
    BACKFILL(Phase.EXPAND),
    /** From here on NULL in a new column is data. */
    SETTLE(Phase.EXPAND),
    /** Constraints that hold already. */
    CONSTRAIN(Phase.EXPAND),
    INDEX(Phase.EXPAND),
    /** What needs the new columns filled. */
    AFTER_BACKFILL(Phase.EXPAND),
    /** The sweep right before things become final. */
    PROVE(Phase.CONTRACT),
    /** Questions to the data that only the end of the old version makes answerable. */
    CONTRACT_PREFLIGHT(Phase.CONTRACT),
    /** Long work that restricts nobody yet: indexes, validations. */
    PREPARE(Phase.CONTRACT),
    /** Short transactions that give things their final form. */
    SWAP(Phase.CONTRACT),
    /** What had to wait for the final names. */
    AFTER_SWAP(Phase.CONTRACT),
    PURGE(Phase.PURGE),
    /** Types, functions and sequences that archived tables and columns used. */
    PURGE_USED(Phase.PURGE);

    private final Phase phase;

    Slot(Phase phase) {
        this.phase = phase;
    }

    public static Slot later(Slot one, Slot other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    public Phase phase() {
        return phase;
    }
}
