package dev.sluice.parser;

import org.jspecify.annotations.Nullable;

/** The C code stopped for another reason than the text it was given; its memory can no longer be trusted. */
final class GrammarFailure extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    GrammarFailure(String message) {
        this(message, null);
    }

    GrammarFailure(String message, @Nullable Throwable cause) {
        super("PostgreSQL's grammar stopped: " + message, cause);
    }
}
