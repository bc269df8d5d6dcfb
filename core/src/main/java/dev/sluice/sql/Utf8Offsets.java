package dev.sluice.sql;

import java.util.Arrays;
import java.util.Objects;

/**
 * Translates between offsets into a text (UTF-16 units) and offsets into its UTF-8 bytes, in which PostgreSQL's parser
 * reports positions. Built once per text in linear time; each translation then looks at no more than
 * {@value #STRIDE} characters. Immutable and thread-safe.
 */
public final class Utf8Offsets {
    private static final int STRIDE = 512;

    private final String text;

    /** Byte offset of character {@code i * STRIDE}; empty when all is ASCII and the two offsets are the same. */
    private final int[] byteOffsets;

    private final int byteLength;

    public Utf8Offsets(String text) {
        this.text = Objects.requireNonNull(text, "text");
        int[] offsets = new int[text.length() / STRIDE + 1];
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            if (i % STRIDE == 0) {
                offsets[i / STRIDE] = bytes;
            }
            bytes += width(i);
        }
        if (text.length() % STRIDE == 0) {
            offsets[text.length() / STRIDE] = bytes;
        }
        byteLength = bytes;
        byteOffsets = bytes == text.length() ? new int[0] : offsets;
    }

    /** How many bytes the text has in UTF-8. */
    public int byteLength() {
        return byteLength;
    }

    /**
     * The character that contains the byte, or the length of the text for the byte after the last one.
     *
     * @throws IndexOutOfBoundsException if the offset is negative or beyond the end
     */
    public int charOffset(int byteOffset) {
        Objects.checkIndex(byteOffset, byteLength + 1);
        if (byteOffsets.length == 0 || byteOffset == byteLength) {
            return byteOffset == byteLength ? text.length() : byteOffset;
        }
        int found = Arrays.binarySearch(byteOffsets, byteOffset);
        int stride = found >= 0 ? found : -found - 2;
        int character = stride * STRIDE;
        for (int bytes = byteOffsets[stride] + width(character); bytes <= byteOffset; bytes += width(character)) {
            character++;
        }
        boolean lowHalf = character > 0
                && Character.isLowSurrogate(text.charAt(character))
                && Character.isHighSurrogate(text.charAt(character - 1));
        return lowHalf ? character - 1 : character;
    }

    /**
     * The first byte of the character, or the byte length for the end of the text.
     *
     * @throws IndexOutOfBoundsException if the offset is negative or beyond the end
     */
    public int byteOffset(int charOffset) {
        Objects.checkIndex(charOffset, text.length() + 1);
        if (byteOffsets.length == 0) {
            return charOffset;
        }
        int bytes = byteOffsets[charOffset / STRIDE];
        for (int i = charOffset / STRIDE * STRIDE; i < charOffset; i++) {
            bytes += width(i);
        }
        return bytes;
    }

    /** A surrogate pair has four bytes, counted as two for each half. */
    private int width(int index) {
        char c = text.charAt(index);
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
