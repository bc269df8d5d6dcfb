package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts in {@code src/test/resources}; {@code -Dgolden=update} writes what is, for a person to review. */
public final class Golden {
    private static final Path ROOT = Path.of("src/test/resources");

    private Golden() {}

    /** Fails when the text is not what the file says. */
    public static void check(String file, String actual) {
        Path path = ROOT.resolve(file);
        try {
            if (System.getProperty("golden", "").equals("update")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, actual);
            }
            assertThat(path)
                    .as("the expected text; create it with -Dgolden=update")
                    .exists();
            assertThat(actual).as(path.toString()).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
