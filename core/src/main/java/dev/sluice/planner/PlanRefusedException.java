package dev.sluice.planner;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.util.List;
import java.util.stream.Collectors;

/** The script holds changes that cannot be taken through a live database safely; lists all of them. */
public final class PlanRefusedException extends SluiceException {

    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;

    public PlanRefusedException(List<Refusal> refusals) {
        super(
                refusals.stream().allMatch(refusal -> refusal.hazard().startsWith("missing-"))
                        ? ExitCode.VALIDATION // nothing that one could allow: a plain run would fail too
                        : ExitCode.HAZARD_BLOCKED,
                refusals.stream().map(Refusal::toString).collect(Collectors.joining("\n\n"))
                        + "\n\nNothing was run. Change the script as advised and try again.");
        this.refusals = List.copyOf(refusals);
    }

    public List<Refusal> refusals() {
        return refusals;
    }
}
