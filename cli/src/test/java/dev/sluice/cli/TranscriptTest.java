package dev.sluice.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that need no server. */
class TranscriptTest {

    @ParameterizedTest
    @ValueSource(strings = {"help", "usage", "init-and-new", "new-in-other-layouts", "settings", "no-server", "lint"})
    void saysWhatTheTranscriptSays(String name, @TempDir Path directory) throws Exception {
        String file = "transcripts/" + name + ".txt";
        String script = Files.readString(Path.of("src/test/resources", file));
        Transcript transcript = new Transcript(
                directory.toRealPath(),
                Map.of(),
                sql -> {
                    throw new IllegalStateException("there is no server here");
                },
                UnaryOperator.identity());
        Golden.check(file, transcript.play(script));
    }
}
