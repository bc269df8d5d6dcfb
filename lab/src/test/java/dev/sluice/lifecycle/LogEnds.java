package dev.sluice.lifecycle;

import dev.sluice.db.Session;
import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Rule;
import dev.sluice.lab.relay.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the server's log ends before each statement. Thread-safe. */
final class LogEnds implements Rule {

    private final Session watch;
    private final List<String> ends = new ArrayList<>();

    /** @param watch used by nobody else */
    LogEnds(Session watch) {
        this.watch = watch;
    }

    @Override
    public synchronized Optional<Cut> on(Sent statement) {
        ends.add(end());
        return Optional.empty();
    }

    /** The numbers of those after which it is another one than before, counted from 1. */
    synchronized List<Long> changing() {
        ends.add(end());
        List<Long> changing = new ArrayList<>();
        for (int i = 1; i < ends.size(); i++) {
            if (!ends.get(i).equals(ends.get(i - 1))) {
                changing.add((long) i);
            }
        }
        return changing;
    }

    private String end() {
        return watch.one("SELECT pg_current_wal_insert_lsn()::text", row -> row.text(1))
                .orElseThrow();
    }
}
