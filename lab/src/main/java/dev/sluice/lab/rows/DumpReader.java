package dev.sluice.lab.rows;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.sql.Lexer;
import dev.sluice.sql.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes a plain dump apart, line by line, so that it may be larger than memory. Not thread-safe. */
final class DumpReader {

    private static final Pattern COPY = Pattern.compile("(?is)COPY\\s.*\\sFROM\\s+stdin\\s*;?\\s*");

    private final BufferedReader lines;
    private final String file;
    private int line;

    /**
     * A statement, or a command for psql (which starts with a backslash).
     *
     * @param line where it starts, from 1
     */
    record Part(String text, int line) {

        boolean isMetaCommand() {
            return text.startsWith("\\");
        }

        /** Whether the lines that follow are rows for it. */
        boolean copiesFromStdin() {
            return !isMetaCommand() && COPY.matcher(text).matches();
        }

        List<Tokens.Token> tokens() {
            return Tokens.of(text);
        }

        /** Whether it starts with these key words. */
        boolean startsWith(String... words) {
            List<Tokens.Token> tokens = tokens();
            if (tokens.size() < words.length) {
                return false;
            }
            for (int i = 0; i < words.length; i++) {
                if (!tokens.get(i).isWord(words[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    DumpReader(BufferedReader lines, String file) {
        this.lines = lines;
        this.file = file;
    }

    /** The next statement or command; empty at the end of the file. */
    Optional<Part> next() throws IOException {
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (Optional<String> read = readLine(); read.isPresent(); read = readLine()) {
            String next = read.get();
            if (text.isEmpty()) {
                if (next.isBlank() || next.startsWith("--")) {
                    continue;
                }
                if (next.startsWith("\\")) {
                    return Optional.of(new Part(next.strip(), line));
                }
                start = line;
            }
            text.append(next).append('\n');
            if (next.stripTrailing().endsWith(";") && isComplete(text.toString())) {
                return Optional.of(new Part(text.toString().strip(), start));
            }
        }
        if (text.toString().isBlank()) {
            return Optional.empty();
        }
        throw new SluiceException(
                ExitCode.VALIDATION,
                file + ":" + start + ": the dump ends within a statement. It is cut short: make it again.");
    }

    /** The next row of a COPY; empty behind the last. */
    Optional<String> nextRow(Part copy) throws IOException {
        String row = readLine()
                .orElseThrow(() -> new SluiceException(
                        ExitCode.VALIDATION,
                        file + ":" + copy.line()
                                + ": the dump ends within the rows of this COPY. It is cut short: make it again."));
        return row.stripTrailing().equals("\\.") ? Optional.empty() : Optional.of(row);
    }

    /** Lines end with a line feed alone: a carriage return may be part of a value. */
    private Optional<String> readLine() throws IOException {
        int next = lines.read();
        if (next < 0) {
            return Optional.empty();
        }
        line++;
        StringBuilder text = new StringBuilder();
        for (; next >= 0 && next != '\n'; next = lines.read()) {
            text.append((char) next);
        }
        return Optional.of(text.toString());
    }

    /** Whether the last semicolon is the statement's: not one in a string, a function's body or a comment. */
    private static boolean isComplete(String text) {
        Lexer lexer = new Lexer(text);
        boolean semicolon = false;
        for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
            if (!lexer.terminated()) {
                return false;
            }
            if (kind != Lexer.Kind.LINE_COMMENT && kind != Lexer.Kind.BLOCK_COMMENT) {
                semicolon = kind == Lexer.Kind.SEMICOLON;
            }
        }
        return semicolon && openBlocks(text) == 0;
    }

    /** How many of the blocks of a function in standard SQL ({@code BEGIN ATOMIC … END}) are still open. */
    static int openBlocks(String text) {
        List<Tokens.Token> tokens = Tokens.of(text);
        int open = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord("BEGIN") && tokens.get(i + 1).isWord("ATOMIC")) {
                open = 1;
            } else if (open > 0 && tokens.get(i).isWord("CASE")) {
                open++;
            } else if (open > 0 && tokens.get(i).isWord("END")) {
                open--;
            }
        }
        return open;
    }
}
