package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationScript;
import dev.sluice.sql.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AheadTest {

    private final Ahead<String> ahead = new Ahead<>();
    private final Queue<String> made = new ConcurrentLinkedQueue<>();
    private final List<Migration> four = List.of(migration("1"), migration("2"), migration("3"), migration("4"));

    @AfterEach
    void close() {
        ahead.close();
    }

    @Test
    void isMadeInOrderAndNoMoreThanAskedFor() {
        ahead.expect(four);
        ahead.begin(2, this::make);
        ahead.settle();
        assertThat(made).containsExactly("1", "2");

        assertThat(ahead.take(four.get(0))).contains("made of 1");
        ahead.begin(2, this::make);
        assertThat(ahead.take(four.get(1))).contains("made of 2");
        assertThat(ahead.take(four.get(2))).contains("made of 3");
        assertThat(made).containsExactly("1", "2", "3");
    }

    @Test
    void whoAsksForTheSameTwiceGetsNothingAndEndsTheExpectations() {
        ahead.expect(four);
        ahead.begin(3, this::make);
        ahead.take(four.get(0));

        assertThat(ahead.take(four.get(0))).isEmpty();
        ahead.begin(3, this::make);
        assertThat(ahead.take(four.get(1))).isEmpty();
        assertThat(made).doesNotContain("4");
    }

    @Test
    void aFailureWaitsForWhomItConcerns() {
        ahead.expect(four);
        ahead.begin(4, migration -> {
            if (migration.version().equals("2")) {
                throw new IllegalArgumentException("no 2");
            }
            return make(migration);
        });

        assertThat(ahead.take(four.get(0))).contains("made of 1");
        assertThatThrownBy(() -> ahead.take(four.get(1))).hasMessage("no 2");
    }

    private String make(Migration migration) {
        made.add(migration.version());
        return "made of " + migration.version();
    }

    private static Migration migration(String version) {
        return new Migration(
                version,
                "",
                MigrationKind.VERSIONED,
                MigrationScript.of(new SourceText(version + ".sql", "SELECT 1")),
                Optional.empty(),
                List.of());
    }
}
