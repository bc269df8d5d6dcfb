package dev.sluice.lab.proof;

/**
 * Something more to prove about each migration, besides what {@link MigrationProof} proves itself. Called once for each
 * migration that has a plan, from several threads at once for different migrations, when the migration's own life (up,
 * down, contract, purge) has been compared with the plain run.
 *
 * <p>To act at every step boundary, take {@link ProofSubject#copyOfStart()} and a {@link ProofSubject#life} on it with a
 * {@link dev.sluice.run.RunListener}: {@code StepFinished} comes after the step's transaction is committed and before the
 * next step begins, on the thread that runs, and the run waits until the listener returns. Before the first step there is
 * the copy itself; after {@code up} returns the migration is expanded (or applied, when its plan has no contract phase).
 *
 * <p>An exception that escapes counts as a finding of this stage: nothing is skipped silently.
 */
public interface ProofStage {

    Aspect aspect();

    StageResult prove(ProofSubject subject);
}
