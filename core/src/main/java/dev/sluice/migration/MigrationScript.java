package dev.sluice.migration;

import dev.sluice.parser.PgParser;
import dev.sluice.sql.Position;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The SQL of one direction of a migration: a file, or a section of one. Offsets are characters of the whole file, so
 * that every position can be told as file:line:column of the real file.
 *
 * @param startOffset where the section starts
 * @param endOffset where it ends, exclusive
 * @param directives those of the section and those at the head of the file, in their order
 */
public record MigrationScript(
        SourceText source, int startOffset, int endOffset, TransactionMode transaction, List<Directive> directives) {
    public MigrationScript {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(transaction, "transaction");
        directives = List.copyOf(directives);
        Objects.checkFromToIndex(startOffset, endOffset, source.text().length());
    }

    /** A script that is all of a file and carries no directives. */
    public static MigrationScript of(SourceText source) {
        return new MigrationScript(source, 0, source.text().length(), TransactionMode.ON, List.of());
    }

    /**
     * A script that is all of a file, with its directives.
     *
     * @throws InvalidMigrationsException when a directive cannot be understood, or something in it is no SQL
     */
    public static MigrationScript read(SourceText source) {
        Collected out = new Collected();
        MigrationScript script = ScriptSection.wholeFile(ScannedScript.of(source), TransactionMode.ON)
                .read(out);
        if (!out.problems().isEmpty()) {
            throw new InvalidMigrationsException(out.problems());
        }
        return script;
    }

    /** The file's name as the user knows it. */
    public String file() {
        return source.file();
    }

    /** The text of the whole file. */
    public String text() {
        return source.text();
    }

    /** The text of the section alone: what is to be parsed. Its first character is at {@link #startOffset()}. */
    public String sql() {
        return source.text().substring(startOffset, endOffset);
    }

    /**
     * Its statements; their positions are those of the file.
     *
     * @throws dev.sluice.SluiceException for a script that PostgreSQL's parser does not take
     */
    public Script parse(PgParser parser) {
        return Script.parse(parser, source, startOffset, endOffset);
    }

    /**
     * The same, where the tree of an INSERT of many constant rows has its first row alone.
     *
     * @throws dev.sluice.SluiceException for a script that PostgreSQL's parser does not take
     */
    public Script outline(PgParser parser) {
        return Script.outline(parser, source, startOffset, endOffset);
    }

    /** The place of an offset into {@link #sql()}. */
    public Position position(int offsetInSql) {
        return source.position(startOffset + offsetInSql);
    }

    /**
     * SHA-256 of the section in UTF-8, as 64 hex digits. Line ends count as LF and a byte order mark does not count, so
     * that a checkout on another system has the same checksum. Computed on every call.
     */
    public String checksum() {
        String sql = sql();
        String normalised =
                sql.indexOf('\r') < 0 ? sql : sql.replace("\r\n", "\n").replace('\r', '\n');
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(normalised.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
