package dev.sluice.migration;

import dev.sluice.sql.Lexer;
import dev.sluice.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A file's comments, found by lexing it once.
 *
 * @param firstCode where the first statement starts
 * @param metaCommand the first psql command, if there is one; what stands behind it may be no SQL at all
 */
record ScannedScript(SourceText source, List<Comment> comments, OptionalInt firstCode, OptionalInt metaCommand) {
    ScannedScript {
        Objects.requireNonNull(source, "source");
        comments = List.copyOf(comments);
        Objects.requireNonNull(firstCode, "firstCode");
        Objects.requireNonNull(metaCommand, "metaCommand");
    }

    static ScannedScript of(SourceText source) {
        Scan scan = new Scan(source.text());
        scan.run();
        return new ScannedScript(source, scan.comments(), scan.firstCode, scan.metaCommand);
    }

    /** The state of one pass over a text. */
    private static final class Scan {
        private final String text;
        private final List<Comment> found = new ArrayList<>();
        private int pending;
        private int lastCode = -1;
        private int lastSemicolon = -1;
        private OptionalInt firstCode = OptionalInt.empty();
        private OptionalInt metaCommand = OptionalInt.empty();

        Scan(String text) {
            this.text = text;
        }

        void run() {
            Lexer lexer = new Lexer(text);
            for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
                switch (kind) {
                    case LINE_COMMENT -> comment(lexer.start(), lexer.end(), 2, 0);
                    case BLOCK_COMMENT -> comment(lexer.start(), lexer.end(), 2, lexer.terminated() ? 2 : 0);
                    case SEMICOLON -> lastSemicolon = lexer.start();
                    case META_COMMAND -> {
                        metaCommand = metaCommand.isPresent() ? metaCommand : OptionalInt.of(lexer.start());
                        code(lexer.start());
                    }
                    default -> code(lexer.start());
                }
            }
        }

        private void comment(int start, int end, int opening, int closing) {
            String body = text.substring(start + opening, end - closing).strip();
            found.add(new Comment(start, end, body, lastCode, lastSemicolon, -1, ownLine(start), false));
        }

        private void code(int start) {
            lastCode = start;
            firstCode = firstCode.isPresent() ? firstCode : OptionalInt.of(start);
            while (pending < found.size()) {
                Comment c = found.get(pending);
                found.set(pending++, after(c, start, c.setOff()));
            }
        }

        /** Whether a comment is set off depends on what follows: hence from the end backwards. */
        List<Comment> comments() {
            boolean nextSetOff = true;
            int next = text.length();
            boolean nextIsComment = false;
            for (int i = found.size() - 1; i >= 0; i--) {
                Comment c = found.get(i);
                boolean codeComesFirst = c.codeAfter() >= 0 && (!nextIsComment || c.codeAfter() < next);
                int until = codeComesFirst ? c.codeAfter() : next;
                boolean continues = !codeComesFirst && nextSetOff;
                boolean setOff = continues || blankLineBetween(c.end(), until);
                found.set(i, after(c, c.codeAfter(), setOff));
                nextSetOff = setOff;
                nextIsComment = true;
                next = c.start();
            }
            return found;
        }

        private static Comment after(Comment c, int code, boolean setOff) {
            return new Comment(
                    c.start(), c.end(), c.body(), c.codeBefore(), c.semicolonBefore(), code, c.ownLine(), setOff);
        }

        private boolean ownLine(int start) {
            int at = start - 1;
            while (at >= 0 && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                if (!Character.isWhitespace(text.charAt(at))) {
                    return false;
                }
                at--;
            }
            return true;
        }

        private boolean blankLineBetween(int from, int to) {
            long lineEnds = text.substring(from, to)
                    .replace("\r\n", "\n")
                    .chars()
                    .filter(c -> c == '\n' || c == '\r')
                    .count();
            return lineEnds > 1;
        }
    }
}
