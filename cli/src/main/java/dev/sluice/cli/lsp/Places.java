package dev.sluice.cli.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** Translates places of a text: the protocol counts lines and UTF-16 units from zero, findings lines and characters from one. */
final class Places {

    private final String text;
    private final List<Integer> starts = new ArrayList<>(List.of(0));

    Places(String text) {
        this.text = text;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                starts.add(i + 1);
            }
        }
    }

    /** The index of a finding's place. */
    int offset(dev.sluice.sql.Position position) {
        int line = Math.min(position.line(), starts.size()) - 1;
        int left = position.column() - 1;
        int at = starts.get(line);
        while (left-- > 0 && at < text.length()) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    Position position(int offset) {
        int line = starts.size() - 1;
        while (starts.get(line) > offset) {
            line--;
        }
        return new Position(line, offset - starts.get(line));
    }

    Range range(int from, int to) {
        return new Range(position(from), position(to));
    }

    /** From a place to the end of the word there. */
    Range word(int from) {
        int to = from;
        while (to < text.length() && (Character.isLetterOrDigit(text.charAt(to)) || text.charAt(to) == '_')) {
            to++;
        }
        boolean atEnd = to == from && (from == text.length() || text.charAt(from) == '\n' || text.charAt(from) == '\r');
        return range(from, to > from || atEnd ? to : from + Character.charCount(text.codePointAt(from)));
    }
}
