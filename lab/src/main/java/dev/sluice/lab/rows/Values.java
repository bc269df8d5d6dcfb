package dev.sluice.lab.rows;

import java.util.List;
import java.util.Random;

/** Makes values of one type, in PostgreSQL's text form. The same state of the generator gives the same value. */
@FunctionalInterface
interface Values {

    /** Any value, now and then one from the edges of the type. Never NULL. */
    String next(Random random);

    /** A value unlike those for other numbers, as far as the type has enough of them. */
    default String distinct(Random random, long number) {
        return next(random);
    }

    /** Exactly these values, which all are distinct. */
    static Values of(List<String> values) {
        return new Values() {
            @Override
            public String next(Random random) {
                return pick(random, values);
            }

            @Override
            public String distinct(Random random, long number) {
                return values.get((int) Math.floorMod(number, (long) values.size()));
            }
        };
    }

    /** Mostly the usual ones, one in {@code every} from the edges. */
    static Values withEdges(Values usual, int every, List<String> edges) {
        return new Values() {
            @Override
            public String next(Random random) {
                return random.nextInt(every) == 0 ? pick(random, edges) : usual.next(random);
            }

            @Override
            public String distinct(Random random, long number) {
                return usual.distinct(random, number);
            }
        };
    }

    static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
