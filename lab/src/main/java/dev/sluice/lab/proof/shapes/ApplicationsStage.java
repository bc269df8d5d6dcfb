package dev.sluice.lab.proof.shapes;

import static java.util.Objects.requireNonNull;

import dev.sluice.lab.proof.Aspect;
import dev.sluice.lab.proof.ProofStage;
import dev.sluice.lab.proof.ProofSubject;
import dev.sluice.lab.proof.StageResult;
import java.util.Optional;

/**
 * The statements of the user's application, of its old version, its new one, or both: each runs in every state of a
 * migration in which its version has to work, and its result is compared with that on a database that has only that
 * version's schema. Immutable.
 */
public final class ApplicationsStage implements ProofStage {
    private final SuppliedVersion oldVersion;
    private final SuppliedVersion newVersion;

    public ApplicationsStage(Optional<ApplicationScript> oldVersion, Optional<ApplicationScript> newVersion) {
        this.oldVersion = new SuppliedVersion(requireNonNull(oldVersion));
        this.newVersion = new SuppliedVersion(requireNonNull(newVersion));
    }

    @Override
    public Aspect aspect() {
        return Aspect.APPLICATIONS;
    }

    @Override
    public StageResult prove(ProofSubject subject) {
        Scope scope = Scope.of(subject.plan(), subject.startCatalog(), subject.plainCatalog());
        return new ShapesRun(subject, scope, aspect(), oldVersion, newVersion).run();
    }
}
