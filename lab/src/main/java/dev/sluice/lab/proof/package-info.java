/**
 * Proves migrations on throw-away databases with data: that the plan ends where the plain script ends, that the way back
 * leads back from everywhere, and that the locks are those the plan says.
 *
 * <p>Entry classes: {@link dev.sluice.lab.proof.Proof} for a whole directory of migrations, {@link
 * dev.sluice.lab.proof.MigrationProof} for one migration on one database. Whoever wants to prove something more about each
 * migration writes a {@link dev.sluice.lab.proof.ProofStage}. Must not import {@code dev.sluice.cli}.
 */
@NullMarked
package dev.sluice.lab.proof;

import org.jspecify.annotations.NullMarked;
