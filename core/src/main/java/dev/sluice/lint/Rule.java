package dev.sluice.lint;

/** One hazard: looks at one statement in its place and says what it finds. Stateless; thread-safe. */
public interface Rule {

    /** Its name in findings, suppressions and the address of its page. */
    String id();

    Severity severity();

    About about();

    /** Whether how bad it is grows with the table: work on all rows while others wait. Then sizes decide, where they are known. */
    default boolean isAboutWork() {
        return false;
    }

    void check(Scene scene, Report report);
}
