package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import dev.sluice.cli.render.Style;
import dev.sluice.sql.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Where a command writes. Results go to {@link #out}, everything about getting there to {@link #note} and its
 * neighbours, which is standard error. Passwords are taken out of all of it except machine-readable results, which are
 * never made of connection data. Thread-safe as far as whole lines go.
 */
public final class Console {
    private final Streams streams;
    private final Look look;
    private final Redaction redaction;

    /** How much is said, and in which colours. */
    public record Look(Style out, Style err, Loudness loudness, boolean json) {
        public Look {
            requireNonNull(out);
            requireNonNull(err);
            requireNonNull(loudness);
        }
    }

    /** Set by {@code -q} and {@code -v}. */
    public enum Loudness {
        QUIET,
        NORMAL,
        VERBOSE
    }

    public Console(Streams streams, Look look, Redaction redaction) {
        this.streams = requireNonNull(streams);
        this.look = requireNonNull(look);
        this.redaction = requireNonNull(redaction);
    }

    public Console with(Redaction other) {
        return new Console(streams, look, other);
    }

    public Console with(Look other) {
        return new Console(streams, other, redaction);
    }

    public Look look() {
        return look;
    }

    public Redaction redaction() {
        return redaction;
    }

    /** Standard input. */
    public InputStream in() {
        return streams.in();
    }

    /** Standard output as it is, for a protocol of bytes. */
    public OutputStream out() {
        return streams.out();
    }

    public boolean isJson() {
        return look.json();
    }

    public boolean isVerbose() {
        return look.loudness() == Loudness.VERBOSE;
    }

    public boolean isQuiet() {
        return look.loudness() == Loudness.QUIET;
    }

    /** A result, as it is. */
    public void result(String text) {
        streams.out().println(text.stripTrailing());
        streams.out().flush();
    }

    /** A result for people. */
    public void out(String text) {
        result(Visible.of(redaction.apply(text), look.out()));
    }

    /** Something worth knowing; {@code -q} hides it. */
    public void note(String text) {
        if (!isQuiet()) {
            error(text);
        }
    }

    /** For {@code -v} only. */
    public void detail(String text) {
        if (isVerbose()) {
            error(text);
        }
    }

    /** Always shown. */
    public void error(String text) {
        streams.err().println(Visible.of(redaction.apply(text), look.err()).stripTrailing());
        streams.err().flush();
    }

    /** Asks a question that needs the word yes; end of input is a no. */
    public boolean confirm(String question) {
        draw(question + " [y/N] ");
        StringBuilder answer = new StringBuilder();
        try {
            for (int c = streams.in().read();
                    c >= 0 && c != '\n';
                    c = streams.in().read()) {
                answer.append((char) c);
            }
        } catch (IOException e) {
            return false;
        }
        String word = answer.toString().strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }

    /** Raw characters for a line that is drawn again and again on a terminal. */
    public void draw(String text) {
        streams.err().print(redaction.apply(text));
        streams.err().flush();
    }
}
