package dev.sluice.lab.fuzz;

import java.util.List;

/**
 * What one scenario came to.
 *
 * @param stage where it failed, the same for the same kind of failure; empty otherwise
 * @param detail for a person
 * @param hazards of a refused plan
 */
record Verdict(Kind kind, String stage, String detail, List<String> hazards) {

    enum Kind {
        /** Went through its whole life, equal to the plain run at every end. */
        PROVEN,
        /** The plan was refused before anything ran. */
        REFUSED,
        /** A plain run fails on the data, and so did the plan, and down brought back the start. */
        FAILS_ALIKE,
        /** Not a scenario: the schema or the migration does not run on PostgreSQL at all. */
        INVALID,
        FAILED
    }

    Verdict {
        hazards = List.copyOf(hazards);
    }

    static Verdict proven() {
        return new Verdict(Kind.PROVEN, "", "", List.of());
    }

    static Verdict refused(List<String> hazards, String detail) {
        return new Verdict(Kind.REFUSED, "", detail, hazards);
    }

    static Verdict failsAlike() {
        return new Verdict(Kind.FAILS_ALIKE, "", "", List.of());
    }

    static Verdict invalid(String detail) {
        return new Verdict(Kind.INVALID, "", detail, List.of());
    }

    static Verdict failed(String stage, String detail) {
        return new Verdict(Kind.FAILED, stage, detail, List.of());
    }

    boolean isFailure() {
        return kind == Kind.FAILED;
    }
}
