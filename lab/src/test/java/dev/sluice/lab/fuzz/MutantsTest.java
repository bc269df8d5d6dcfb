package dev.sluice.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patches of {@code ./dev mutants} fit the code; that they are noticed is for that command to show, which takes long. */
final class MutantsTest {

    private static final Path PATCHES = Path.of("build", "mutants").toAbsolutePath();

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(PATCHES)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void fits(Path patch) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "apply", "--check", patch.toString())
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(git.waitFor()).as(said).isZero();
        assertThat(Files.readAllLines(patch).get(0)).as("what it breaks").contains(": ");
    }
}
