package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8OffsetsTest {
    @Test
    void agreesWithTheEncoderAtEveryCharacterOfRandomTexts() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(3000);
            while (text.length() < length) {
                text.append(
                        switch (random.nextInt(5)) {
                            case 0 -> "é";
                            case 1 -> "漢";
                            case 2 -> "\uD83D\uDE00";
                            default -> "a";
                        });
            }
            check(text.toString(), seed);
        }
        check("a".repeat(512), seed);
        check("a".repeat(511) + "é", seed);
        check("é" + "a".repeat(1023), seed);
        check("", seed);
    }

    private static void check(String text, long seed) {
        Utf8Offsets offsets = new Utf8Offsets(text);
        assertThat(offsets.byteLength()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int next = text.offsetByCodePoints(i, 1);
            int width = text.substring(i, next).getBytes(StandardCharsets.UTF_8).length;
            assertThat(offsets.byteOffset(i)).as("seed %d, char %d", seed, i).isEqualTo(bytes);
            for (int b = 0; b < width; b++) {
                assertThat(offsets.charOffset(bytes + b))
                        .as("seed %d, byte %d", seed, bytes + b)
                        .isEqualTo(i);
            }
            bytes += width;
            i = next;
        }
        assertThat(offsets.byteOffset(text.length())).isEqualTo(bytes);
        assertThat(offsets.charOffset(bytes)).isEqualTo(text.length());
    }

    @Test
    void offsetsOutsideTheTextAreRefused() {
        assertThatThrownBy(() -> new Utf8Offsets("é").charOffset(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Utf8Offsets("é").byteOffset(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
