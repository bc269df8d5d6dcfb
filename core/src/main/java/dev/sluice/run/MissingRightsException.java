package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.util.ArrayList;
import java.util.List;

/** The role lacks rights; says all of them, with the statements that grant them. Nothing was changed. */
public final class MissingRightsException extends SluiceException {
    private static final long serialVersionUID = 1L;

    private final List<String> missing;

    /** @param what cannot run: {@code migration 20260131120000} */
    MissingRightsException(String what, List<String> missing) {
        super(
                ExitCode.ERROR,
                what + " cannot run as this role; nothing was changed. It must\n  - " + String.join("\n  - ", missing)
                        + "\n  next: have an administrator run these statements, then the same command again");
        this.missing = List.copyOf(missing);
    }

    /** The same with more. */
    MissingRightsException plus(String what, List<String> more) {
        List<String> all = new ArrayList<>(missing);
        all.addAll(more);
        return new MissingRightsException(what, all);
    }
}
