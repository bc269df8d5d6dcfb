package dev.sluice.migration;

import dev.sluice.sql.SourceText;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A file found in a migrations directory. Used by one thread at a time while reading. */
final class SourceFile {
    private final String path;
    private final String shown;
    private final Optional<SourceText> content;
    private final boolean sql;

    /** Made on first use: layouts ask for it in turn, and lexing is most of the work of reading. */
    private Optional<ScannedScript> scanned = Optional.empty();

    /**
     * @param path relative to that directory, with {@code /} between its parts
     * @param shown the path as the user knows it, which includes the directory's name
     * @param content the text, of files that can belong to a migration
     */
    SourceFile(String path, String shown, Optional<SourceText> content) {
        this.path = Objects.requireNonNull(path, "path");
        this.shown = Objects.requireNonNull(shown, "shown");
        this.content = Objects.requireNonNull(content, "content");
        this.sql = content.isPresent() && path.toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    static SourceFile of(String path, String shown, String text) {
        return new SourceFile(path, shown, Optional.of(new SourceText(shown, text)));
    }

    String path() {
        return path;
    }

    String shown() {
        return shown;
    }

    /** The part of the path behind the last slash. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean isSql() {
        return sql;
    }

    /** The text; empty for a file that was not read. */
    SourceText source() {
        return content.orElseGet(() -> new SourceText(shown, ""));
    }

    /** Lexed now, by the thread that has read it, rather than on first use. */
    SourceFile prepared() {
        if (sql) {
            scanned = Optional.of(ScannedScript.of(source()));
        }
        return this;
    }

    ScannedScript scanned() {
        ScannedScript script = scanned.orElseGet(() -> ScannedScript.of(source()));
        scanned = Optional.of(script);
        return script;
    }
}
