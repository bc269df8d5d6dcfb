package dev.sluice.sql;

import java.util.List;

/**
 * A portion of a script that is given to the parser in one go, with what it takes to find its places in the script again.
 * Immutable.
 *
 * @param text what is parsed
 * @param stretches from where they come, in their order; there is one that begins at 0
 */
record Portion(String text, List<Stretch> stretches) {

    Portion {
        stretches = List.copyOf(stretches);
    }

    /**
     * A part of the text that comes from one place.
     *
     * @param at where it starts in the portion
     * @param place where that is in the file
     * @param end where its statement ends in the file if rows were left out at its end; −1 if nothing was
     */
    record Stretch(int at, int place, int end) {}

    /** The place in the file of an offset into {@link #text}. */
    int place(int offset) {
        Stretch stretch = at(offset);
        return stretch.place() + offset - stretch.at();
    }

    /** Where a statement that is at these offsets of {@link #text} ends in the file. */
    int end(int begin, int end) {
        Stretch stretch = at(begin);
        return stretch.end() >= 0 ? stretch.end() : place(end);
    }

    private Stretch at(int offset) {
        int low = 0;
        int high = stretches.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (stretches.get(middle).at() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return stretches.get(low);
    }
}
