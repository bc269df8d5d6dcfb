package dev.sluice.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What {@code sluice repair} is asked to do. Without a decision it mends what needs none.
 *
 * @param stamp versions that are applied, although Sluice did not run them
 * @param forget versions that are not applied, whatever the journal says
 * @param accept versions whose file has changed in a way that makes no difference
 * @param rebuild whether to make a journal anew from files and catalog
 * @param through for {@code rebuild}: the last version that is applied, when the catalog cannot tell
 */
public record RepairRequest(
        List<String> stamp, List<String> forget, List<String> accept, boolean rebuild, Optional<String> through) {

    public RepairRequest {
        stamp = List.copyOf(stamp);
        forget = List.copyOf(forget);
        accept = List.copyOf(accept);
        requireNonNull(through);
        if (through.isPresent() && !rebuild) {
            throw new IllegalArgumentException("a last version belongs to a rebuild");
        }
    }

    /** Everything that needs no decision. */
    public static RepairRequest all() {
        return new RepairRequest(List.of(), List.of(), List.of(), false, Optional.empty());
    }

    boolean decides() {
        return rebuild || !stamp.isEmpty() || !forget.isEmpty() || !accept.isEmpty();
    }
}
