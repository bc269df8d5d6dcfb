package dev.sluice.lab.proof;

import java.util.Locale;

/** What can be proven about a migration. The names are part of the reports. */
public enum Aspect {
    /** After contract and purge, catalog and rows are what the plain script makes. */
    ORACLE,
    /** Down leads back to the start, from every state. */
    BACKWARD,
    /** Locks, rewrites and scans are those that the plan announced. */
    FACTS,
    /** What one application version writes, both read as expected, at every step. */
    SHAPES,
    /** The statements of the user's applications succeed at every step. */
    APPLICATIONS;

    /** As reports write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
