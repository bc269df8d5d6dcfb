package dev.sluice.doctor;

import dev.sluice.parser.PgParser;
import java.util.ArrayList;
import java.util.List;

/** What a repair would do, for people to read before it is done. */
public final class Proposal {

    private Proposal() {}

    /**
     * In the order in which it would be done.
     *
     * @throws dev.sluice.SluiceException when a decision does not fit the evidence
     */
    public static List<Mend> of(RepairRequest request, Evidence evidence, PgParser parser) {
        List<Mend> mends = new ArrayList<>();
        if (!request.decides()) {
            Examination.findings(evidence, parser)
                    .forEach(finding -> finding.mend().ifPresent(mends::add));
            return List.copyOf(mends);
        }
        if (request.rebuild()) {
            mends.add(Decision.rebuild(evidence, parser, request.through()));
        }
        request.accept().forEach(version -> mends.add(Decision.accept(evidence, version)));
        request.forget().forEach(version -> mends.add(Decision.forget(evidence, version)));
        request.stamp().forEach(version -> mends.add(Decision.stamp(evidence, version)));
        return List.copyOf(mends);
    }
}
