package dev.sluice.lab.rows;

import java.util.List;
import java.util.Random;

/** Texts that a pattern may match. */
final class PatternTexts {

    private PatternTexts() {}

    static List<String> of(String pattern, Random random) {
        return List.of();
    }
}
