package dev.sluice.lint;

import java.util.List;
import java.util.Set;

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

    /** The types of statements that it looks at, as parse trees name them, such as {@code IndexStmt}; empty for all. */
    default Set<String> types() {
        return Set.of();
    }

    /** Looks at a statement of one of its types. */
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

    /**
     * Whether later scripts have done what it asked for in a statement that stayed open: then it is not told.
     *
     * @param scene with the schema as it is now
     * @param found what it found in the statement then
     */
    default boolean isSettled(Scene scene, Finding found) {
        return false;
    }
}
