package dev.sluice.parser;

/** The C code stopped itself; its memory can no longer be trusted. */
final class GrammarFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GrammarFailure(String message) {
        super(message);
    }
}
