package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

/** Ends the planning of one change; the planner collects the refusals of all changes before it gives up. */
public final class ChangeRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public ChangeRefused(Refusal refusal) {
        super(refusal.reason(), null, false, false);
        this.refusal = requireNonNull(refusal);
    }

    public Refusal refusal() {
        return refusal;
    }
}
