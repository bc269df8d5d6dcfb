package dev.sluice.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tokens of a statement with their nesting depth, for finding where a clause ends: parse trees say where an
 * expression starts but not where it ends. Pure; the list is immutable.
 */
public final class Tokens {

    /** What a token is. Operators come one character at a time. */
    public enum Kind {
        WORD,
        QUOTED,
        NUMBER,
        STRING,
        PUNCTUATION
    }

    /**
     * One token.
     *
     * @param depth how many brackets are open around it; an opening and its closing bracket are outside of it
     */
    public record Token(Kind kind, String text, int start, int end, int depth) {

        /** Whether this is this keyword, in any case. */
        public boolean isWord(String keyword) {
            return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
        }

        public boolean is(String punctuation) {
            return kind == Kind.PUNCTUATION && text.equals(punctuation);
        }

        /** The identifier's value: quotes removed, unquoted ones in lower case. */
        public String identifier() {
            return kind == Kind.QUOTED
                    ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                    : text.toLowerCase(Locale.ROOT);
        }
    }

    private Tokens() {}

    /** All tokens of a text, comments left out. */
    public static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        Lexer lexer = new Lexer(text);
        int depth = 0;
        for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
            switch (kind) {
                case CODE, META_COMMAND -> depth = code(text, lexer.start(), lexer.end(), depth, tokens);
                case SEMICOLON -> tokens.add(token(Kind.PUNCTUATION, text, lexer, depth));
                case STRING, DOLLAR_STRING -> tokens.add(token(Kind.STRING, text, lexer, depth));
                case QUOTED_IDENTIFIER -> tokens.add(token(Kind.QUOTED, text, lexer, depth));
                case LINE_COMMENT, BLOCK_COMMENT, END -> {}
            }
        }
        return List.copyOf(tokens);
    }

    private static Token token(Kind kind, String text, Lexer lexer, int depth) {
        return new Token(kind, text.substring(lexer.start(), lexer.end()), lexer.start(), lexer.end(), depth);
    }

    private static int code(String text, int start, int end, int depthBefore, List<Token> tokens) {
        int depth = depthBefore;
        int at = start;
        while (at < end) {
            char c = text.charAt(at);
            int from = at;
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            if (Character.isLetter(c) || c == '_' || c >= 0x80) {
                while (at < end && (Character.isLetterOrDigit(text.charAt(at)) || isWordPart(text.charAt(at)))) {
                    at++;
                }
                tokens.add(new Token(Kind.WORD, text.substring(from, at), from, at, depth));
            } else if (Character.isDigit(c)) {
                while (at < end && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                    at++;
                }
                tokens.add(new Token(Kind.NUMBER, text.substring(from, at), from, at, depth));
            } else {
                at++;
                depth -= c == ')' || c == ']' ? 1 : 0;
                tokens.add(new Token(Kind.PUNCTUATION, String.valueOf(c), from, at, depth));
                depth += c == '(' || c == '[' ? 1 : 0;
            }
        }
        return depth;
    }

    private static boolean isWordPart(char c) {
        return c == '_' || c == '$' || c >= 0x80;
    }
}
