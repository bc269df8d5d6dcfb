package dev.sluice.lab.proof;

/**
 * The comparisons that a proof consists of. Every finding names the one that made it, and a test of ours injects for each
 * one difference that no other notices.
 */
public enum Check {
    /** The schema, attribute by attribute. */
    CATALOG,
    /** Every row. */
    ROWS,
    /** What is left in the archive after purge. */
    ARCHIVE,
    /** A command succeeds, and so does the plain script on what the old version wrote meanwhile. */
    COMMAND,
    /** A command stops: on rows that the plain script fails on, or when it is interrupted. */
    STOP,
    /** The strongest lock on each table. */
    LOCK,
    /** Tables that get new files. */
    REWRITE,
    /** Large tables that are read while writers wait. */
    SCAN,
    /** A statement works where only its own version's schema is. */
    OWN_SCHEMA,
    /** A statement's result, with that on a database of its version alone. */
    RESULT,
    /** What a version reads, with what it should. */
    READ,
    /** A version reads its tables at all. */
    READABLE,
    /** Some of a version's statements work. */
    SOMETHING_WORKS,
    /** The proof itself comes to an end. */
    PROOF
}
