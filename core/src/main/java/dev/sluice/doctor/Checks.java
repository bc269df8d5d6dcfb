package dev.sluice.doctor;

import java.util.List;

/** What the doctor looks for, in the order in which it is told: what makes the rest doubtful comes first. */
final class Checks {

    static final List<Check> ALL = List.of(
            new NewerJournal(),
            new OlderJournal(),
            new DamagedJournal(),
            new MissingJournal(),
            new BrokenLease(),
            new StaleLease(),
            new UnreadablePlan(),
            new ContradictingSteps(),
            new HalfDone(),
            new MissingDualWrite(),
            new DisabledDualWrite(),
            new MissingPart(),
            new MissingArchive(),
            new MissingEffect(),
            new AppliedByHand(),
            new InvalidFiles(),
            new ChangedFile(),
            new MissingFile(),
            new OutOfOrderFile(),
            new Leftover(),
            new InvalidIndex(),
            new UselessCursor(),
            new KeptData());

    private Checks() {}
}
