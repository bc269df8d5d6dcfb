package dev.sluice.diff;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogFacts;
import dev.sluice.catalog.CatalogFacts.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Compares two catalogs attribute by attribute. What is compared, and what is not (object ids, sizes, column order, archived
 * columns), is decided by {@link CatalogFacts}. Stateless, thread-safe.
 */
public final class CatalogDiff {

    /**
     * What to leave out.
     *
     * @param ignoreSluiceObjects objects named {@code sluice_…} or {@code ~sluice_…}, with their parts: right for drift while a migration
     *     is under way, wrong for the oracle, which must see what Sluice left behind
     * @param ignoredKinds kinds of objects, as in {@link Difference#kind()}
     */
    public record Options(boolean ignoreSluiceObjects, Set<String> ignoredKinds) {

        /** Compares everything. */
        public static final Options STRICT = new Options(false, Set.of());

        /** Leaves out what Sluice created. */
        public static final Options WITHOUT_SLUICE = new Options(true, Set.of());

        public Options {
            ignoredKinds = Set.copyOf(ignoredKinds);
        }

        private boolean compares(Key key) {
            boolean ours = ignoreSluiceObjects && (isOurs(key.name()) || isOurs(key.parent()));
            return !ours && !ignoredKinds.contains(key.kind());
        }

        private static boolean isOurs(String name) {
            String unquoted = name.substring(lastPart(name)).replace("\"", "");
            return unquoted.startsWith("sluice_") || unquoted.startsWith("~sluice_");
        }

        /** Where the last part of a name begins: a dot within quotes ends none. */
        private static int lastPart(String name) {
            int start = 0;
            boolean quoted = false;
            for (int i = 0; i < name.length(); i++) {
                quoted ^= name.charAt(i) == '"';
                start = name.charAt(i) == '.' && !quoted ? i + 1 : start;
            }
            return start;
        }
    }

    private CatalogDiff() {}

    /** Compares everything, see {@link Options#STRICT}. */
    public static List<Difference> compare(Catalog left, Catalog right) {
        return compare(left, right, Options.STRICT);
    }

    /** All differences, sorted by object; none means the schemas are the same. An object that one side lacks counts once, without its parts. */
    public static List<Difference> compare(Catalog left, Catalog right, Options options) {
        var leftFacts = CatalogFacts.of(left).only(options::compares).objects();
        var rightFacts = CatalogFacts.of(right).only(options::compares).objects();
        Set<String> oneSided = new TreeSet<>();
        List<Difference> differences = new ArrayList<>();
        Set<Key> keys = new TreeSet<>(leftFacts.keySet());
        keys.addAll(rightFacts.keySet());
        for (Key key : keys) {
            if (key.parent().isEmpty() && leftFacts.containsKey(key) != rightFacts.containsKey(key)) {
                oneSided.add(key.name());
            }
        }
        for (Key key : keys) {
            if (!oneSided.contains(key.parent())) {
                compare(key, facts(leftFacts, key), facts(rightFacts, key), differences);
            }
        }
        return List.copyOf(differences);
    }

    private static Optional<SortedMap<String, String>> facts(Map<Key, SortedMap<String, String>> objects, Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    private static void compare(
            Key key,
            Optional<SortedMap<String, String>> left,
            Optional<SortedMap<String, String>> right,
            List<Difference> differences) {
        if (left.isEmpty() || right.isEmpty()) {
            differences.add(Difference.missing(key.kind(), key.fullName(), left.isEmpty()));
            return;
        }
        Set<String> attributes = new TreeSet<>(left.get().keySet());
        attributes.addAll(right.get().keySet());
        for (String attribute : attributes) {
            Optional<String> leftValue = Optional.ofNullable(left.get().get(attribute));
            Optional<String> rightValue = Optional.ofNullable(right.get().get(attribute));
            if (!leftValue.equals(rightValue)) {
                differences.add(new Difference(key.kind(), key.fullName(), attribute, leftValue, rightValue));
            }
        }
    }
}
