/**
 * Proves that both application versions work at every step of a migration: statements of the old version run at every step
 * boundary of expand, those of both in the expanded state, those of the new one at every step boundary of contract. Each
 * also runs on a reference database that has plainly only that version's schema; outcome and rows have to be the same.
 *
 * <p>Entry class: {@link dev.sluice.lab.proof.shapes.ShapesStage}. Must not import {@code dev.sluice.cli}.
 */
@NullMarked
package dev.sluice.lab.proof.shapes;

import org.jspecify.annotations.NullMarked;
