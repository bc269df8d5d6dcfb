package dev.sluice.lint;

import java.util.List;

/** One hazard: looks at one statement in its place and says what it finds. Stateless; thread-safe. */
public interface Rule {

    /** Its name in findings, suppressions and the address of its page. */
    String id();

    Severity severity();

    About about();

    /** What to do in this place: mostly what its page says. */
    default String instead(Scene scene) {
        return about().instead();
    }

    /** Whether how bad it is grows with the table: work on all rows while others wait. Then sizes decide, where they are known. */
    default boolean isAboutWork() {
        return false;
    }

    /**
     * Whether it is about how a project writes its migrations rather than about one statement. As an info it is said of the last
     * script only that has it.
     */
    default boolean isHabit() {
        return false;
    }

    void check(Scene scene, Report report);

    /** Looks at what all rules found in a statement of a script that goes back; only what is reported here is. */
    default void goingBack(Scene scene, List<Finding> found, Report report) {}

    /** Whether what later scripts do decides: then {@link #atEnd} is asked about the statement, too. */
    default boolean staysOpen(Scene scene) {
        return false;
    }

    /**
     * Looks again at a statement that stayed open, once all scripts are read.
     *
     * @param scene with the schema as it is now
     */
    default void atEnd(Scene scene, Report report) {}
}
