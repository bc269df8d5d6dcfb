package dev.sluice.lab.proof.shapes;

import dev.sluice.db.Session;
import dev.sluice.lab.proof.Sequences;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs one statement on the reference and on the planned database, and lets it take effect on both or on neither. */
record Twins(Session reference, Session planned) {

    /** What the statement came to on both. */
    record Attempt(Outcome expected, Outcome actual) {}

    /** Ends a transaction without effect. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TakenBack() {
            super("", null, false, false);
        }
    }

    /** @param stays whether it may take effect */
    Attempt run(VersionStatement statement, boolean stays) {
        AtomicReference<@Nullable Attempt> attempt = new AtomicReference<>();
        try {
            reference.inTransaction(() -> {
                Outcome expected = Outcome.of(reference, statement);
                planned.inTransaction(() -> {
                    Outcome actual = Outcome.of(planned, statement);
                    attempt.set(new Attempt(expected, actual));
                    if (!stays || !expected.isAccepted() || !expected.isSameAs(actual)) {
                        throw new TakenBack();
                    }
                });
            });
        } catch (TakenBack e) {
            Sequences.align(planned, reference);
        }
        return Objects.requireNonNull(attempt.get());
    }
}
