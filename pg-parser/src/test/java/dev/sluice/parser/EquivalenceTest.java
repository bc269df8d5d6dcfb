package dev.sluice.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build rewrites the grammar's module; here every function of the result answers like the untouched one in node. */
final class EquivalenceTest {
    private static final int FUNCTIONS = 7;

    @Test
    void every_function_answers_like_the_untouched_module(@TempDir Path dir) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        List<String> statements = new ArrayList<>();
        Random random = new Random(seed);
        for (String statement : corpus()) {
            statements.add(statement);
            for (int i = 0; i < 2; i++) {
                statements.add(mutated(statement, random));
            }
        }
        Base64.Encoder encoder = Base64.getEncoder();
        Path input = dir.resolve("statements");
        Path output = dir.resolve("answers");
        Files.write(
                input,
                statements.stream()
                        .map(s -> encoder.encodeToString(s.getBytes(UTF_8)))
                        .toList());
        Process node = node(input, output, dir.resolve("log"));

        EveryFunction ours = new EveryFunction();
        List<List<String>> answers =
                statements.stream().map(s -> ours.answers(s.getBytes(UTF_8))).toList();

        assertThat(node.waitFor(60, TimeUnit.SECONDS)).as("node ended").isTrue();
        assertThat(node.exitValue()).as(Files.readString(dir.resolve("log"))).isZero();
        List<String> expected = Files.readAllLines(output).stream()
                .map(line -> new String(Base64.getDecoder().decode(line), UTF_8))
                .toList();
        assertThat(expected).hasSize(statements.size() * FUNCTIONS);
        for (int i = 0; i < statements.size(); i++) {
            assertThat(answers.get(i))
                    .as("seed %d: %s", seed, statements.get(i))
                    .isEqualTo(expected.subList(i * FUNCTIONS, (i + 1) * FUNCTIONS));
        }
    }

    private static Process node(Path input, Path output, Path log) throws IOException, URISyntaxException {
        Path home = Path.of(Files.readString(Path.of("target", "grammar-home")));
        return new ProcessBuilder(
                        "node",
                        resource("reference.mjs").toString(),
                        home.resolve("node_modules/libpg-query/wasm/libpg-query.js")
                                .toString(),
                        input.toString(),
                        output.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The statements of the corpus files, which are separated by blank lines. */
    private static List<String> corpus() throws IOException, URISyntaxException {
        List<String> statements = new ArrayList<>();
        try (Stream<Path> files = Files.list(resource("corpus"))) {
            for (Path file : files.sorted().toList()) {
                statements.addAll(List.of(Files.readString(file).strip().split("\n\\s*\n")));
            }
        }
        assertThat(statements).hasSizeGreaterThan(200);
        return statements;
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(EquivalenceTest.class.getResource(name)).toURI());
    }

    /** One word of the statement dropped, doubled or swapped with its neighbour: mostly syntax errors, at all kinds of places. */
    private static String mutated(String statement, Random random) {
        List<String> words = new ArrayList<>(List.of(statement.split("(?<=\\W)|(?=\\W)")));
        int at = random.nextInt(words.size());
        switch (random.nextInt(3)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(at, words.get(at));
            default -> words.add(random.nextInt(words.size()), words.remove(at));
        }
        String mutated = String.join("", words);
        return mutated.isEmpty() ? ";" : mutated;
    }
}
