package dev.sluice.lab.proof;

/** Is told how far a proof is. Called from several threads, never from two at once; must return quickly. */
public interface ProofListener {

    /** Before anything runs: how many migrations will be proven. */
    void begins(int migrations);

    /** One migration is done; not in order, because several are proven at once. */
    void done(MigrationResult result);

    static ProofListener silent() {
        return new ProofListener() {
            @Override
            public void begins(int migrations) {}

            @Override
            public void done(MigrationResult result) {}
        };
    }
}
