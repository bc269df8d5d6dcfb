package dev.sluice.diff;

import dev.sluice.postgres.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change of the rich schema, and the name under which the comparison must report it.
 *
 * @param since first major version of PostgreSQL that can do it
 */
record Injection(String kind, String name, String attribute, int since, String sql) {

    private static final Pattern HEADER =
            Pattern.compile("(?m)^--# ([^|\n]+) \\| ([^|\n]+) \\| ([^|\n]+?)(?: \\| since (\\d+))?$");

    static List<Injection> all() {
        return parse(Schemas.resource("injections.sql"));
    }

    private static List<Injection> parse(String text) {
        List<Injection> injections = new ArrayList<>();
        Matcher header = HEADER.matcher(text);
        boolean found = header.find();
        while (found) {
            int since = header.group(4) == null ? 14 : Integer.parseInt(header.group(4));
            String kind = header.group(1);
            String name = header.group(2);
            String attribute = header.group(3);
            int start = header.end();
            found = header.find();
            String sql = text.substring(start, found ? header.start() : text.length());
            injections.add(new Injection(kind, name, attribute, since, sql.strip()));
        }
        return injections;
    }

    /** Whether this is a difference for that comparison, or for one of several alike. */
    boolean tries(String comparedKind, String comparedAttribute) {
        return kind.equals(comparedKind)
                && (attribute.equals(comparedAttribute) || attribute.startsWith(comparedAttribute + " "));
    }

    String title() {
        return kind + " " + name + ": " + attribute;
    }

    boolean isNamedBy(Difference difference) {
        return difference.kind().equals(kind)
                && difference.name().equals(name)
                && difference.attribute().equals(attribute);
    }
}
