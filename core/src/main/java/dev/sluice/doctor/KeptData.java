package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;

/** Migrations that were taken back have kept data. */
final class KeptData implements Check {

    @Override
    public String id() {
        return "data-kept";
    }

    @Override
    public List<Finding> find(Case subject) {
        List<String> kept = subject.evidence().kept();
        return kept.isEmpty()
                ? List.of()
                : List.of(Finding.of(
                        this,
                        ExitCode.OK,
                        "what migrations kept when they were taken back",
                        String.join(", ", kept),
                        "none but the space it takes; it holds data that exists nowhere else",
                        "sluice purge --kept, when nobody needs it"));
    }
}
