package dev.sluice.lab.rows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Arrays, ranges and rows: values made of other values, and the text forms that hold them. */
final class NestedValues {

    private NestedValues() {}

    static Values arrays(Values element, char delimiter) {
        return new Values() {
            @Override
            public String next(Random random) {
                int length = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(4);
                List<String> elements = new ArrayList<>();
                for (int i = 0; i < length; i++) {
                    elements.add(random.nextInt(8) == 0 ? "NULL" : quoted(element.next(random)));
                }
                return "{" + String.join(String.valueOf(delimiter), elements) + "}";
            }

            @Override
            public String distinct(Random random, long number) {
                return "{" + quoted(element.distinct(random, number)) + "}";
            }
        };
    }

    /**
     * @param ordered how the texts of two distinct bounds compare; they are plain values, so that no bound leaves the type when
     *     PostgreSQL puts the range into its canonical form
     */
    static Values ranges(Values bound, Comparator<String> ordered) {
        return new Values() {
            @Override
            public String next(Random random) {
                int kind = random.nextInt(16);
                if (kind == 0) {
                    return "empty";
                }
                String one = bound.distinct(random, random.nextInt(10_000));
                String other = bound.distinct(random, random.nextInt(10_000));
                boolean inOrder = ordered.compare(one, other) <= 0;
                return (random.nextInt(4) == 0 ? "(" : "[")
                        + (kind == 1 ? "" : quoted(inOrder ? one : other))
                        + ","
                        + (kind == 2 ? "" : quoted(inOrder ? other : one))
                        + (random.nextInt(4) == 0 ? "]" : ")");
            }

            @Override
            public String distinct(Random random, long number) {
                String only = quoted(bound.distinct(random, number));
                return "[" + only + "," + only + "]";
            }
        };
    }

    static Values multiranges(Values range) {
        return random -> {
            int count = random.nextInt(3);
            List<String> ranges = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ranges.add(range.next(random));
            }
            ranges.removeIf("empty"::equals);
            return "{" + String.join(",", ranges) + "}";
        };
    }

    static Values rows(List<Values> fields) {
        return new Values() {
            @Override
            public String next(Random random) {
                List<String> texts = new ArrayList<>();
                for (Values field : fields) {
                    texts.add(random.nextInt(8) == 0 ? "" : quoted(field.next(random)));
                }
                return "(" + String.join(",", texts) + ")";
            }

            @Override
            public String distinct(Random random, long number) {
                List<String> texts = new ArrayList<>();
                for (Values field : fields) {
                    texts.add(quoted(field.distinct(random, number)));
                }
                return "(" + String.join(",", texts) + ")";
            }
        };
    }

    /** As arrays, ranges and rows alike take it. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
