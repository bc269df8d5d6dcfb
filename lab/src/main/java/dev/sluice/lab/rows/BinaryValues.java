package dev.sluice.lab.rows;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Bytes, bits and UUIDs. */
final class BinaryValues {

    private static final int LONGEST = 5_000;

    private BinaryValues() {}

    /** @param longest most bytes */
    static Values bytes(int longest) {
        return new Values() {
            @Override
            public String next(Random random) {
                byte[] bytes = new byte[random.nextInt(Math.min(longest, random.nextInt(40) == 0 ? LONGEST : 24) + 1)];
                random.nextBytes(bytes);
                return hex(bytes);
            }

            @Override
            public String distinct(Random random, long number) {
                return "\\x" + HexFormat.of().toHexDigits(number)
                        + HexFormat.of().toHexDigits((byte) random.nextInt());
            }
        };
    }

    static Values uuids() {
        return Values.withEdges(
                random -> new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE)
                        .toString(),
                100,
                List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"));
    }

    /** {@code bit(length)}, or with {@code varying} anything up to it. */
    static Values bits(int length, boolean varying) {
        return new Values() {
            @Override
            public String next(Random random) {
                int count = varying ? random.nextInt(length + 1) : length;
                StringBuilder bits = new StringBuilder(count);
                for (int i = 0; i < count; i++) {
                    bits.append(random.nextBoolean() ? '1' : '0');
                }
                return bits.toString();
            }

            @Override
            public String distinct(Random random, long number) {
                String bits = "0".repeat(length) + Long.toBinaryString(number);
                return bits.substring(bits.length() - length);
            }
        };
    }

    private static String hex(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }
}
