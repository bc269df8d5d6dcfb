package dev.sluice.lifecycle;

import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Sent;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A place in the traffic of a command at which something happens once.
 *
 * @param number of the statement, or of the message of the protocol
 */
record Point(long number, Kind kind) implements Disturbance {

    /** What happens. */
    enum Kind {
        KILLED_BEFORE(Cut.Moment.BEFORE, Cut.Reach.CLIENT),
        KILLED_EXECUTED(Cut.Moment.EXECUTED, Cut.Reach.CLIENT),
        KILLED_ANSWERED(Cut.Moment.ANSWERED, Cut.Reach.CLIENT),
        CUT_BEFORE(Cut.Moment.BEFORE, Cut.Reach.CONNECTION),
        CUT_EXECUTED(Cut.Moment.EXECUTED, Cut.Reach.CONNECTION),
        CUT_ANSWERED(Cut.Moment.ANSWERED, Cut.Reach.CONNECTION),
        /** The connection is cut before a message of any kind. */
        CUT_AT_MESSAGE(Cut.Moment.BEFORE, Cut.Reach.CONNECTION);

        /** Those after which the process is no more. */
        static final List<Kind> KILLS = List.of(KILLED_BEFORE, KILLED_EXECUTED, KILLED_ANSWERED);

        /** Those after which the same process may go on. */
        static final List<Kind> CUTS = List.of(CUT_BEFORE, CUT_EXECUTED, CUT_ANSWERED, CUT_AT_MESSAGE);

        private final Cut cut;

        Kind(Cut.Moment moment, Cut.Reach reach) {
            this.cut = new Cut(moment, reach);
        }

        static Kind of(List<Kind> kinds, Random random) {
            return kinds.get(random.nextInt(kinds.size()));
        }
    }

    /** Somewhere among so many statements. */
    static Point among(long statements, Kind kind, Random random) {
        // a statement is about five messages: parse, bind, describe, execute, sync
        long most = kind == Kind.CUT_AT_MESSAGE ? 5 * statements : statements;
        return new Point(1 + random.nextLong(most), kind);
    }

    @Override
    public boolean kills() {
        return Kind.KILLS.contains(kind);
    }

    @Override
    public boolean isReached(Relay relay) {
        return number <= (kind == Kind.CUT_AT_MESSAGE ? relay.messages() : relay.statements());
    }

    @Override
    public Optional<Cut> on(Sent sent) {
        return kind != Kind.CUT_AT_MESSAGE && sent.number() == number ? Optional.of(kind.cut) : Optional.empty();
    }

    @Override
    public boolean cutsAt(long message) {
        return kind == Kind.CUT_AT_MESSAGE && message == number;
    }
}
