package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

/** Where in the migration's files something comes from; line and column are 1-based, 0 when the whole file is meant. */
public record Source(String file, int line, int column) {

    public Source {
        requireNonNull(file);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
