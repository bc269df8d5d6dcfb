package dev.sluice.migration;

import java.util.Locale;

/** The instructions to Sluice that a script can carry in comments. */
public enum DirectiveName {
    /** Accept a hazard: {@code -- sluice:allow <hazard-id> reason="…" [until=yyyy-MM-dd]}. */
    ALLOW,
    /** This migration comes after another one: {@code -- sluice:depends <version>}. Always about the whole file. */
    DEPENDS,
    /** Where a statement goes: {@code -- sluice:phase expand|contract}. */
    PHASE,
    /** Run outside a transaction: {@code -- sluice:transaction off}. Always about the whole script. */
    TRANSACTION,
    /** How to rename a column: {@code -- sluice:strategy view|copy}. */
    STRATEGY,
    /** Which tables a statement locks that runs as written: {@code -- sluice:locks <table>[, <table>]}. */
    LOCKS;

    /** The name as written in a script. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
