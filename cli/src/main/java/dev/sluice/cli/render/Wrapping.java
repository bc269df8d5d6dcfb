package dev.sluice.cli.render;

/** Breaks text into lines. */
public final class Wrapping {
    private Wrapping() {}

    /** Breaks at spaces. Escape sequences count as no width, and none of them holds a space. Longer words stay whole. */
    public static String at(String text, int width) {
        StringBuilder result = new StringBuilder();
        int column = 0;
        for (String word : text.strip().replaceAll("\\s+", " ").split(" ")) {
            int length = word.replaceAll("\u001b\\[\\d+m", "").length();
            if (column > 0 && column + 1 + length > width) {
                result.append('\n');
                column = 0;
            } else if (column > 0) {
                result.append(' ');
                column++;
            }
            result.append(word);
            column += length;
        }
        return result.toString();
    }
}
