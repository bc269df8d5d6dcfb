package dev.sluice.lint.schema;

/** A function that a script made; of overloads, the last. */
public record KnownFunction(Volatility volatility, String language, String body) {

    /** As declared; PostgreSQL takes VOLATILE where nothing is (documentation, "Function Volatility Categories"). */
    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }
}
