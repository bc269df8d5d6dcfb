package dev.sluice.cli.render;

import dev.sluice.cli.Golden;
import dev.sluice.run.MigrationState;
import dev.sluice.run.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void tellsWhatIsOpenWhatFailedAndWhatIsPending() {
        Golden.check("render/status.txt", StatusText.text(status(), NOW, Style.PLAIN));
    }

    @Test
    void hasAStableJsonForm() {
        Golden.check("render/status.json", StatusText.json(status()) + "\n");
    }

    private static Status status() {
        return new Status(
                true,
                List.of(
                        entry("20260101000000", "users", MigrationState.PURGED, 3600, 3590)
                                .build(),
                        entry("20260102000000", "orders", MigrationState.APPLIED, 3000, 2990)
                                .changed()
                                .build(),
                        entry("20260103000000", "full_name", MigrationState.EXPANDED, 2000, 1800)
                                .next("sluice contract 20260103000000")
                                .build(),
                        entry("20260104000000", "price_cents", MigrationState.CONTRACTING, 600, -1)
                                .step(new Status.StepEntry("swap", "swap products.price", "failed", 3, 5))
                                .error("lock not acquired: pid 4711 holds products\nsecond line")
                                .next("sluice contract")
                                .build(),
                        entry("20260105000000", "gone", MigrationState.APPLIED, 500, 499)
                                .withoutFile()
                                .build(),
                        entry("20260106000000", "email_index", MigrationState.PENDING, -1, -1)
                                .next("sluice up")
                                .build()),
                Optional.of("deploy@ci-7 since 2026-01-31 11:59:30Z"));
    }

    private static Entry entry(String version, String name, MigrationState state, long startedAgo, long finishedAgo) {
        Entry entry = new Entry();
        entry.version = version;
        entry.name = name;
        entry.state = state;
        entry.started = startedAgo < 0 ? Optional.empty() : Optional.of(NOW.minusSeconds(startedAgo));
        entry.finished = finishedAgo < 0 ? Optional.empty() : Optional.of(NOW.minusSeconds(finishedAgo));
        entry.file = Optional.of("migrations/" + version + "_" + name + ".sql");
        return entry;
    }

    /** Ten components, most of them empty most of the time. */
    private static final class Entry {
        private String version = "";
        private String name = "";
        private MigrationState state = MigrationState.PENDING;
        private Optional<Instant> started = Optional.empty();
        private Optional<Instant> finished = Optional.empty();
        private Optional<String> file = Optional.empty();
        private Optional<Status.StepEntry> step = Optional.empty();
        private Optional<String> error = Optional.empty();
        private Optional<String> next = Optional.empty();
        private boolean changed;

        private Entry changed() {
            changed = true;
            return this;
        }

        private Entry withoutFile() {
            file = Optional.empty();
            return this;
        }

        private Entry step(Status.StepEntry value) {
            step = Optional.of(value);
            return this;
        }

        private Entry error(String value) {
            error = Optional.of(value);
            return this;
        }

        private Entry next(String value) {
            next = Optional.of(value);
            return this;
        }

        private Status.Entry build() {
            return new Status.Entry(version, name, state, file, changed, started, finished, step, error, next);
        }
    }
}
