package dev.sluice.lint;

/** How a script stands among the others. */
public enum Standing {
    /** It goes forward, after all that came before it. */
    FORWARD,
    /** It goes forward, but others have a migration already that comes after it. */
    LATE,
    /** It takes back what the script before it did. */
    BACK
}
