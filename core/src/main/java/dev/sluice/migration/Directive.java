package dev.sluice.migration;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One {@code -- sluice:…} comment.
 *
 * @param argument what follows the name: the hazard id of {@code allow}, the version of {@code depends},
 *     {@code expand} or {@code contract}, {@code off}, {@code view} or {@code copy}, the tables of {@code locks}
 * @param reason why, in the words of the author; always there for {@code allow}
 * @param until the last day on which an {@code allow} holds
 * @param offset where the comment starts, in characters of the whole file
 * @param statementOffset where the first token of the statement meant starts, in characters of the whole file; empty
 *     if the whole script is meant
 */
public record Directive(
        DirectiveName name,
        String argument,
        Optional<String> reason,
        Optional<LocalDate> until,
        int offset,
        OptionalInt statementOffset) {
    public Directive {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(argument, "argument");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(statementOffset, "statementOffset");
    }

    /** Whether this applies to the statement that spans these characters of the file (the end is exclusive). */
    public boolean appliesTo(int statementStart, int statementEnd) {
        return statementOffset.isEmpty()
                || statementOffset.getAsInt() >= statementStart && statementOffset.getAsInt() < statementEnd;
    }
}
