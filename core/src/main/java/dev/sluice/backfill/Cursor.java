package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * How far a walk over a table's rows has come. Saved in the transaction of the batch it describes, so that after any
 * crash the walk goes on exactly where the last committed batch ended.
 *
 * @param stage what comes next
 * @param relation oid of the leaf table that is being walked, 0 before the first; leaves are walked in the order of
 *     their oids
 * @param filenode {@code pg_relation_filenode} of the leaf: when it is another one (VACUUM FULL, CLUSTER, a rewrite), block
 *     numbers mean nothing any more and the leaf is walked again from its start, which is harmless
 * @param block first heap block of the window that comes next
 * @param windowEnd first block behind that window, 0 when the window has not been chosen yet
 * @param pass which of the window's {@code passes} comes next, from 0
 * @param passes number of passes over the window
 * @param end first block behind the part of the leaf that is walked: its size when the walk began
 * @param rows rows changed so far, over all leaves
 */
public record Cursor(
        Stage stage,
        long relation,
        long filenode,
        long block,
        long windowEnd,
        int pass,
        int passes,
        long end,
        long rows) {

    /** The parts of a walk. */
    public enum Stage {
        /** Windows are being walked. */
        WALK,
        /** All windows were walked; the proof that nothing was missed is due. */
        SWEEP,
        /** Done and proven. */
        DONE
    }

    public Cursor {
        requireNonNull(stage);
    }

    /** Before the first batch. */
    public static Cursor start() {
        return new Cursor(Stage.WALK, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    /** One line of text for whoever stores it; {@link #parse} reads it back. */
    public String format() {
        return "%s %d %d %d %d %d %d %d %d"
                .formatted(stage, relation, filenode, block, windowEnd, pass, passes, end, rows);
    }

    /** @throws IllegalArgumentException when the text does not come from {@link #format} */
    public static Cursor parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 9) {
            throw new IllegalArgumentException("not a cursor: '" + text + "'");
        }
        Stage stage = Stage.valueOf(parts[0]);
        long[] n = Arrays.stream(parts, 1, 9).mapToLong(Long::parseLong).toArray();
        return new Cursor(stage, n[0], n[1], n[2], n[3], Math.toIntExact(n[4]), Math.toIntExact(n[5]), n[6], n[7]);
    }

    Cursor at(Stage next) {
        return new Cursor(next, relation, filenode, block, 0, 0, 1, end, rows);
    }
}
