package dev.sluice.cli.scaffold;

import java.util.Locale;

/** Names as people write them, to names as databases like them. */
final class Names {
    private Names() {}

    /** {@code AddFullNameToUsers}, {@code add-full-name to users} and the like become {@code add_full_name_to_users}. */
    static String snake(String name) {
        return name.strip()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_+|_+$", "")
                .toLowerCase(Locale.ROOT);
    }

    /** Enough English for a first draft, which its author reads. */
    static String plural(String noun) {
        if (noun.matches(".*[^aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun.matches(".*(s|x|z|ch|sh)") ? noun + "es" : noun + "s";
    }
}
