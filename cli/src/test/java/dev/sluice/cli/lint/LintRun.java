package dev.sluice.cli.lint;

import dev.sluice.cli.Cli;
import dev.sluice.cli.Interruption;
import dev.sluice.cli.Streams;
import dev.sluice.cli.TestSurroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One call of {@code sluice lint}. */
record LintRun(int code, String out, String err) {

    static LintRun in(Path directory, String... arguments) {
        return with(directory, "", arguments);
    }

    /** @param stdin what standard input has */
    static LintRun with(Path directory, String stdin, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("lint"));
        all.addAll(List.of(arguments));
        Streams streams = new Streams(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = new Cli(TestSurroundings.of(directory, Map.of()), streams, Interruption.none())
                .run(all.toArray(String[]::new));
        return new LintRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
