package dev.sluice.migration;

import dev.sluice.sql.SourceText;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A file found in a migrations directory.
 *
 * @param path relative to that directory, with {@code /} between its parts
 * @param shown the path as the user knows it, which includes the directory's name
 * @param content the text, of files that can belong to a migration
 */
record SourceFile(String path, String shown, Optional<SourceText> content) {
    SourceFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(shown, "shown");
        Objects.requireNonNull(content, "content");
    }

    static SourceFile of(String path, String shown, String text) {
        return new SourceFile(path, shown, Optional.of(new SourceText(shown, text)));
    }

    /** The part of the path behind the last slash. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean isSql() {
        return content.isPresent() && path.toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    /** The text; empty for a file that was not read. */
    SourceText source() {
        return content.orElseGet(() -> new SourceText(shown, ""));
    }
}
