package dev.sluice.postgres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings that decide in which text form the server prints values and constants, pinned, so that the same values are the
 * same text in every session; and no jit, which only costs where a query runs once.
 */
public final class TextForm {

    private static final List<String> SETTINGS = List.of(
            "datestyle = 'ISO, MDY'",
            "intervalstyle = 'postgres'",
            "timezone = 'UTC'",
            "extra_float_digits = 1",
            "bytea_output = 'hex'",
            "lc_monetary = 'C'",
            "jit = off");

    private TextForm() {}

    /** Statements for the transaction that is open. */
    public static String ofTransaction() {
        return statements("SET LOCAL ");
    }

    /** Statements for the session. */
    public static String ofSession() {
        return statements("SET ");
    }

    private static String statements(String set) {
        return SETTINGS.stream().map(setting -> set + setting).collect(Collectors.joining("; "));
    }
}
