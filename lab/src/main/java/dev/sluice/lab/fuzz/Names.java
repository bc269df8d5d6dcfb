package dev.sluice.lab.fuzz;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Fresh names, unquoted: mostly plain words, now and then what needs quotes, is not ASCII, or has 63 bytes. */
final class Names {

    /** In the name of a column whose values two plain runs would not agree on; a rename keeps it. */
    static final String ANY_VALUE = "anyval";

    private static final List<String> WORDS = List.of(
            "name",
            "code",
            "note",
            "state",
            "size",
            "kind",
            "total",
            "rank",
            "label",
            "city",
            "phone",
            "weight",
            "level",
            "amount",
            "day",
            "mark",
            "slug",
            "body",
            "tag",
            "unit",
            "owner",
            "color",
            "score",
            "group_id",
            "flag");
    private static final List<String> ODD =
            List.of("Order", "user", "two words", "größe", "表", "select", "a\"b", "Mixed.Dot", "x'y", "$1", "percent%");

    private final Dice dice;
    private final Set<String> used = new HashSet<>();
    private int number;

    Names(Dice dice) {
        this.dice = dice;
    }

    String fresh(String kind) {
        String name;
        do {
            name = proposal(kind);
        } while (!used.add(name));
        return name;
    }

    private String proposal(String kind) {
        number++;
        int throwOf = dice.between(1, 100);
        if (throwOf <= 4) {
            return dice.pick(ODD) + (dice.percent(50) ? "" : number);
        }
        if (throwOf <= 6) {
            String start = kind + number + "_";
            return start + "long_".repeat(13).substring(0, 63 - start.length());
        }
        return dice.pick(WORDS) + "_" + kind.charAt(0) + number;
    }
}
