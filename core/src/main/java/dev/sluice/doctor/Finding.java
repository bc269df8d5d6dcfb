package dev.sluice.doctor;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import java.util.Optional;

/**
 * One thing that is not as it should be.
 *
 * @param id the check's
 * @param code what {@code sluice doctor} exits with on its account; {@code OK} for what is merely worth knowing
 * @param subject what it is about, one line
 * @param what the facts
 * @param consequence what follows from it, for whoever must decide whether to get up at night
 * @param next the command that mends it, or what a person has to do
 * @param mend what {@code sluice repair} would do; empty when it needs a decision
 */
public record Finding(
        String id, ExitCode code, String subject, String what, String consequence, String next, Optional<Mend> mend) {

    /** The command that runs every {@link #mend}. */
    public static final String REPAIR = "sluice repair";

    public Finding {
        requireNonNull(id);
        requireNonNull(code);
        requireNonNull(subject);
        requireNonNull(what);
        requireNonNull(consequence);
        requireNonNull(next);
        requireNonNull(mend);
    }

    /** Worth knowing, and nothing is wrong. */
    public boolean isNote() {
        return code == ExitCode.OK;
    }

    static Finding of(Check check, ExitCode code, String subject, String what, String consequence, String next) {
        return new Finding(check.id(), code, subject, what, consequence, next, Optional.empty());
    }

    Finding mendedBy(Mend how) {
        return new Finding(id, code, subject, what, consequence, next, Optional.of(how));
    }
}
