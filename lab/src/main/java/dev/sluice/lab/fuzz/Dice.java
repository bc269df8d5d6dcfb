package dev.sluice.lab.fuzz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** All chance of one seed. The same seed gives the same throws. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        // Neighbouring seeds of Random begin alike; a large odd factor sets them apart.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** From {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> Optional<T> any(Collection<T> choices) {
        return choices.isEmpty() ? Optional.empty() : Optional.of(pick(List.copyOf(choices)));
    }

    /** That many of them (or all), in random order. */
    <T> List<T> some(Collection<T> choices, int count) {
        List<T> shuffled = new ArrayList<>(choices);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }
}
