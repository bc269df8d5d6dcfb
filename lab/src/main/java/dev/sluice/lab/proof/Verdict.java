package dev.sluice.lab.proof;

/** What the proof of one migration came to. */
public enum Verdict {
    /** Everything that was checked is as it must be. */
    PROVEN,
    /** Something is not. */
    WRONG,
    /** There is no plan: the migration is refused, with reasons. */
    REFUSED,
    /** Nothing could be proven: the script itself fails, whatever the data. */
    UNPROVEN
}
