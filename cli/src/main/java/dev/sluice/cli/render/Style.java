package dev.sluice.cli.render;

/** Colours and weights of a terminal, or nothing at all. */
public enum Style {
    PLAIN,
    ANSI;

    public static Style of(boolean colours) {
        return colours ? ANSI : PLAIN;
    }

    public String bold(String text) {
        return code("1", text);
    }

    public String dim(String text) {
        return code("2", text);
    }

    public String red(String text) {
        return code("31", text);
    }

    public String green(String text) {
        return code("32", text);
    }

    public String yellow(String text) {
        return code("33", text);
    }

    public String cyan(String text) {
        return code("36", text);
    }

    private String code(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
