package dev.sluice.sql;

import static java.util.Objects.requireNonNull;

/**
 * One statement of a script.
 *
 * @param node its parse tree; locations in it are byte offsets into the text that was parsed, see {@link #offset(Node)}
 * @param sql its text without the semicolon, from its first token to its last
 * @param source the file it stands in
 * @param start where {@code sql} starts, in characters of the file
 * @param offsets translates the tree's locations; of the text that was parsed
 * @param parsedFrom where the parsed text starts, in characters of the file
 */
public record Statement(Node node, String sql, SourceText source, int start, Utf8Offsets offsets, int parsedFrom) {

    public Statement {
        requireNonNull(node);
        requireNonNull(sql);
        requireNonNull(source);
        requireNonNull(offsets);
    }

    public String type() {
        return node.type();
    }

    public int end() {
        return start + sql.length();
    }

    /** Where a node starts, in characters of {@link #sql()}; 0 when the tree does not say. */
    public int offset(Node part) {
        return part.location() < 0 ? 0 : Math.max(0, parsedFrom + offsets.charOffset(part.location()) - start);
    }

    public Position position() {
        return source.position(start);
    }

    public Position position(Node part) {
        return source.position(start + offset(part));
    }
}
