package dev.sluice.migration;

import dev.sluice.sql.SourceText;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing wrong with the migration files.
 *
 * @param file the file, or the directory, as the user knows it
 * @param where the same with line and column where there are any
 * @param message what, why, and what to do
 * @param excerpt the line with a caret below the place
 * @param inScript whether only running this one file is out of the question; otherwise nothing can be said about the
 *     order of the migrations before this is mended
 */
public record Problem(String file, String where, String message, Optional<String> excerpt, boolean inScript) {
    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(excerpt, "excerpt");
    }

    static Problem ofDirectory(String file, String message) {
        return new Problem(file, file, message, Optional.empty(), false);
    }

    static Problem ofDirectory(SourceText source, int offset, String message) {
        return at(source, offset, message, false);
    }

    static Problem inScript(SourceText source, int offset, String message) {
        return at(source, offset, message, true);
    }

    private static Problem at(SourceText source, int offset, String message, boolean inScript) {
        return new Problem(
                source.file(),
                source.position(offset).toString(),
                message,
                Optional.of(source.excerpt(offset)),
                inScript);
    }

    /** {@code where: message}, and the excerpt on lines of its own. */
    @Override
    public String toString() {
        return where + ": " + message
                + excerpt.map(lines -> "\n" + lines.indent(4).stripTrailing()).orElse("");
    }
}
