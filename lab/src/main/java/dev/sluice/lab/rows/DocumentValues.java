package dev.sluice.lab.rows;

import java.util.List;
import java.util.Random;

/** JSON, XML, documents of the text search, and the key-value type of an extension. */
final class DocumentValues {

    private static final List<String> JSON = List.of(
            "{}",
            "[]",
            "null",
            "true",
            "0",
            "\"\"",
            "\"text\"",
            "[1, 2.50, -3e10]",
            "{\"a\": {\"b\": [null, {\"c\": \"\\u00e9\"}]}}",
            "{\"quote\": \"\\\"\", \"backslash\": \"\\\\\", \"slash\": \"\\/\"}",
            "{\"ключ\": \"日本 😀\"}",
            "{\"\": 1}",
            "12345678901234567890.12345678901234567890");
    /** White space, double keys and their order are part of {@code json}, not of {@code jsonb}. */
    private static final List<String> LOOSE_JSON =
            List.of("{\"b\": 1,   \"a\": 2, \"b\": 3}", " [ ] ", "{\"a\":1}\n", "\"\\ud83d\\ude00\"");

    private static final List<String> XML = List.of(
            "",
            "text only",
            "<a/>",
            "<a b=\"1\">é &lt; &amp;</a>",
            "<r><i>1</i><i>2</i></r>",
            "<!-- note --><x><![CDATA[<>]]></x>");

    private DocumentValues() {}

    static Values json(boolean loose) {
        Values usual = new Values() {
            @Override
            public String next(Random random) {
                return object(random, random.nextInt(1000));
            }

            @Override
            public String distinct(Random random, long number) {
                return object(random, number);
            }
        };
        Values some = Values.withEdges(usual, 6, JSON);
        return loose ? Values.withEdges(some, 12, LOOSE_JSON) : some;
    }

    private static String object(Random random, long number) {
        String name = TextValues.word(random);
        return "{\"id\": " + number + ", \"name\": \"" + name + "\", \"tags\": [\"" + TextValues.word(random)
                + "\"], \"on\": " + random.nextBoolean() + "}";
    }

    static Values xml() {
        return Values.withEdges(
                random -> "<" + TextValues.word(random) + " n=\"" + random.nextInt(1000) + "\"/>", 4, XML);
    }

    static Values tsvector() {
        return random ->
                "'" + TextValues.word(random) + "':" + (1 + random.nextInt(9)) + "A '" + TextValues.word(random) + "':"
                        + (10 + random.nextInt(90)) + (random.nextInt(8) == 0 ? " 'it''s'" : "");
    }

    static Values tsquery() {
        return random -> "'" + TextValues.word(random) + "' " + (random.nextBoolean() ? "&" : "|") + " !'"
                + TextValues.word(random) + "'";
    }

    static Values hstore() {
        return Values.withEdges(
                random -> "\"" + TextValues.word(random) + "\"=>\"" + random.nextInt(1000) + "\", \""
                        + TextValues.word(random) + "x\"=>NULL",
                8,
                List.of("", "\"\"=>\"\"", "\"a \\\" b\"=>\"c \\\\ d\""));
    }

    static Values ltree() {
        return new Values() {
            @Override
            public String next(Random random) {
                return TextValues.word(random) + "." + TextValues.word(random) + "." + random.nextInt(1000);
            }

            @Override
            public String distinct(Random random, long number) {
                return TextValues.word(random) + "." + number;
            }
        };
    }
}
