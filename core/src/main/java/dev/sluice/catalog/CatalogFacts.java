package dev.sluice.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A catalog flattened to "this object has this attribute with this value": the one place that decides what counts as the same
 * schema. Both {@link Catalog#fingerprint()} and the comparison are made from it. Immutable.
 *
 * <p>Left out: object ids, sizes, counters, column order, the values of sequences, and columns Sluice archived.
 */
public final class CatalogFacts {

    /**
     * An object of the catalog.
     *
     * @param kind {@code table}, {@code column}, {@code foreign key}, …
     * @param parent name of the table (view, type) it is part of, else empty
     * @param name unique within kind and parent
     */
    public record Key(String kind, String parent, String name) implements Comparable<Key> {

        public Key {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(parent, "parent");
            Objects.requireNonNull(name, "name");
        }

        /** {@code public.users.email}. */
        public String fullName() {
            return parent.isEmpty() ? name : parent + "." + name;
        }

        @Override
        public int compareTo(Key other) {
            int byName = fullName().compareTo(other.fullName());
            return byName != 0 ? byName : kind.compareTo(other.kind);
        }
    }

    /**
     * One comparison that is made of every object of a kind.
     *
     * @param attribute as differences name it; with more behind it where there are several alike: {@code grant SELECT to …}
     */
    public record Compared(String kind, String attribute) {

        public Compared {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(attribute, "attribute");
        }

        @Override
        public String toString() {
            return kind + ": " + attribute;
        }
    }

    private final SortedMap<Key, SortedMap<String, String>> objects;

    private CatalogFacts(SortedMap<Key, SortedMap<String, String>> objects) {
        this.objects = objects;
    }

    /** All facts of the catalog. */
    public static CatalogFacts of(Catalog catalog) {
        FactCollector collector = new FactCollector();
        collector.collect(catalog);
        return new CatalogFacts(collector.objects());
    }

    /**
     * All comparisons, those of {@link OtherObject} apart, whose attributes come from the reading. That an object is there
     * at all is compared for every kind besides.
     */
    public static List<Compared> compared() {
        return ComparedKinds.ALL.stream()
                .flatMap(kind ->
                        kind.attributes().stream().map(attribute -> new Compared(kind.name(), attribute.name())))
                .toList();
    }

    /** The facts of those objects only that pass the filter. */
    public CatalogFacts only(Predicate<Key> filter) {
        SortedMap<Key, SortedMap<String, String>> kept = new TreeMap<>();
        objects.forEach((key, facts) -> {
            if (filter.test(key)) {
                kept.put(key, facts);
            }
        });
        return new CatalogFacts(kept);
    }

    /** Attribute to value, by object, everything sorted. Unmodifiable. */
    public Map<Key, SortedMap<String, String>> objects() {
        return Collections.unmodifiableMap(objects);
    }

    /** SHA-256 over all facts, in hex. */
    public String hash() {
        MessageDigest digest = sha256();
        objects.forEach((key, facts) -> {
            feed(digest, key.kind());
            feed(digest, key.parent());
            feed(digest, key.name());
            facts.forEach((attribute, value) -> {
                feed(digest, attribute);
                feed(digest, value);
            });
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void feed(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
