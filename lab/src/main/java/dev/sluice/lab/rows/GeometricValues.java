package dev.sluice.lab.rows;

import java.util.List;
import java.util.Random;

/** Points, lines and shapes. */
final class GeometricValues {

    private GeometricValues() {}

    static Values points() {
        return Values.withEdges(GeometricValues::point, 16, List.of("(0,0)", "(Infinity,-Infinity)", "(1e-300,1e300)"));
    }

    static Values lines() {
        return random -> "{" + (1 + random.nextInt(9)) + "," + number(random) + "," + number(random) + "}";
    }

    static Values segments() {
        return random -> "[" + point(random) + "," + point(random) + "]";
    }

    static Values boxes() {
        return random -> point(random) + "," + point(random);
    }

    static Values paths() {
        return random -> random.nextBoolean()
                ? "[" + point(random) + "," + point(random) + "]"
                : "(" + point(random) + "," + point(random) + "," + point(random) + ")";
    }

    static Values polygons() {
        return random -> "(" + point(random) + "," + point(random) + "," + point(random) + ")";
    }

    static Values circles() {
        return random -> "<" + point(random) + "," + random.nextInt(100) + ">";
    }

    private static String point(Random random) {
        return "(" + number(random) + "," + number(random) + ")";
    }

    private static double number(Random random) {
        return (random.nextInt(20_000) - 10_000) / 4.0;
    }
}
