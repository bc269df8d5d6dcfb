package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.lint.effect.Effect;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Locks of relations in use. Pure. */
final class Locks {

    private Locks() {}

    /** What the statement itself locks at least this strongly. */
    static List<QualifiedName> of(Scene scene, LockMode atLeast) {
        return of(scene.used(), scene.effect(), atLeast).toList();
    }

    /** Whether a statement earlier in the file had writers or readers of a table wait. */
    static boolean disturbs(Scene.Done done) {
        return done.effect().transactional()
                && of(done.used(), done.effect(), LockMode.SHARE).findAny().isPresent();
    }

    /** What the statements of the same transaction before this one hold. */
    static List<QualifiedName> heldBefore(Scene scene, LockMode atLeast) {
        return scene.held().atLeast(atLeast);
    }

    /** What is read or written from end to end while writers wait. */
    static List<QualifiedName> worked(Scene scene) {
        return worked(scene.used(), scene.effect()).toList();
    }

    static boolean works(Scene.Done done) {
        return worked(done.used(), done.effect()).findAny().isPresent();
    }

    private static Stream<QualifiedName> worked(Set<QualifiedName> used, Effect effect) {
        return of(used, effect, LockMode.SHARE)
                .filter(table -> effect.scanned().contains(table)
                        || effect.rewritten().contains(table)
                        || effect.indexed().contains(table));
    }

    private static Stream<QualifiedName> of(Set<QualifiedName> used, Effect effect, LockMode atLeast) {
        return used.stream().filter(relation -> effect.lock(relation).compareTo(atLeast) >= 0);
    }
}
