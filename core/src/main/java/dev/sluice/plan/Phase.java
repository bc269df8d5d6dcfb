package dev.sluice.plan;

/** The parts of a plan, in the order in which they run. */
public enum Phase {
    /** Before the deploy of the new application version: additive and relaxing. */
    EXPAND,
    /** After the deploy, when no old version runs any more: restrictive and destructive. */
    CONTRACT,
    /** When nobody will want to go back: drops the archive. */
    PURGE
}
