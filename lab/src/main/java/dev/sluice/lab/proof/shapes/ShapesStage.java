package dev.sluice.lab.proof.shapes;

import dev.sluice.lab.proof.Aspect;
import dev.sluice.lab.proof.ProofStage;
import dev.sluice.lab.proof.ProofSubject;
import dev.sluice.lab.proof.StageResult;
import java.util.List;

/**
 * Random statements of both application versions, at every step boundary. Proves nothing, and costs nothing, where the plan
 * touches no table that was there before. Immutable.
 */
public final class ShapesStage implements ProofStage {

    public static final int DEFAULT_STATEMENTS = 4;

    private final int statements;

    /** @param statements for each state of a migration and version that works in it */
    public ShapesStage(int statements) {
        if (statements < 1) {
            throw new IllegalArgumentException("statements is " + statements);
        }
        this.statements = statements;
    }

    @Override
    public Aspect aspect() {
        return Aspect.SHAPES;
    }

    @Override
    public StageResult prove(ProofSubject subject) {
        Scope scope = Scope.of(subject.plan(), subject.startCatalog(), subject.plainCatalog());
        if (scope.touched().isEmpty()) {
            return new StageResult(aspect(), 0, List.of());
        }
        RandomVersion version = new RandomVersion(statements, RandomVersion.ALL);
        return new ShapesRun(subject, scope, aspect(), version, version).run();
    }
}
