package dev.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A session at the command line as a text: what was typed, what came back on which stream, the exit code.
 *
 * <p>Comments start with two hashes. {@code $ sluice …} runs a command, {@code $ cat FILE} shows a file, {@code $ export A=B} sets a variable for what
 * follows, {@code $ sql …} runs SQL, and {@code $ write FILE} makes a file of the lines below it, which start with a
 * bar. Everything else is output, replaced when the transcript is run.
 */
final class Transcript {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Path directory;
    private final Map<String, String> environment;
    private final SqlRunner sql;
    private final UnaryOperator<String> mask;

    interface SqlRunner {
        void run(String sql) throws Exception;
    }

    /** @param mask replaces what differs from run to run */
    Transcript(Path directory, Map<String, String> environment, SqlRunner sql, UnaryOperator<String> mask) {
        this.directory = directory;
        this.environment = new HashMap<>(environment);
        this.sql = sql;
        this.mask = mask;
    }

    /** Runs what the script types, and returns the script with what came back. */
    String play(String script) throws Exception {
        StringBuilder result = new StringBuilder();
        List<String> lines = script.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("## ")) {
                result.append(result.isEmpty() ? "" : "\n").append(line).append('\n');
            }
            if (!line.startsWith("$ ")) {
                continue;
            }
            result.append(result.isEmpty() ? "" : separator(result))
                    .append(line)
                    .append('\n');
            List<String> body = new ArrayList<>();
            while (i + 1 < lines.size() && lines.get(i + 1).startsWith("|")) {
                String content = lines.get(++i);
                result.append(content).append('\n');
                body.add(content.substring(content.startsWith("| ") ? 2 : 1));
            }
            result.append(execute(words(line.substring(2)), line, String.join("\n", body) + "\n"));
        }
        return result.toString();
    }

    private static String separator(StringBuilder soFar) {
        String text = soFar.toString();
        int lastLine = text.lastIndexOf('\n', text.length() - 2) + 1;
        return text.startsWith("## ", lastLine) ? "" : "\n";
    }

    private String execute(List<String> words, String line, String body) throws Exception {
        switch (words.get(0)) {
            case "sluice":
                return sluice(words.subList(1, words.size()));
            case "cat":
                return masked(Files.readString(directory.resolve(words.get(1))));
            case "sql":
                sql.run(line.substring("$ sql ".length()));
                return "";
            case "export":
                String[] pair = words.get(1).split("=", 2);
                environment.put(pair[0], pair[1]);
                return "";
            case "rm":
                Files.delete(directory.resolve(words.get(1)));
                return "";
            case "write":
                Path file = directory.resolve(words.get(1));
                Files.createDirectories(file.getParent());
                Files.writeString(file, body);
                return "";
            default:
                throw new IllegalArgumentException("not a command of transcripts: " + line);
        }
    }

    private String sluice(List<String> arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                environment,
                directory,
                directory.resolve("home"),
                "alice",
                false,
                false,
                false,
                InstantSource.fixed(NOW));
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = new Cli(surroundings, streams, Interruption.none()).run(arguments.toArray(String[]::new));
        StringBuilder text = new StringBuilder(masked(out.toString(StandardCharsets.UTF_8)));
        if (err.size() > 0) {
            text.append("[stderr]\n").append(masked(err.toString(StandardCharsets.UTF_8)));
        }
        return text.append("[exit ").append(code).append("]\n").toString();
    }

    private String masked(String text) {
        String local = text.replace(directory + "/", "").replace(directory.toString(), ".");
        String masked = mask.apply(local);
        return masked.isEmpty() || masked.endsWith("\n") ? masked : masked + "\n";
    }

    /** Split at spaces, except within single quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                if (word.length() > 0) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
