package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.PrintStream;

/** Standard input, output and error of a command. */
public record Streams(InputStream in, PrintStream out, PrintStream err) {
    public Streams {
        requireNonNull(in);
        requireNonNull(out);
        requireNonNull(err);
    }
}
