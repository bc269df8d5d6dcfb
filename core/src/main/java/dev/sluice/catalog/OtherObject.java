package dev.sluice.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Something the planner never changes but a comparison must see: casts, operators, operator classes, collations, text search
 * objects, foreign servers, languages and the like.
 *
 * @param kind {@code cast}, {@code operator}, {@code collation}, …
 * @param identity its qualified identity within the kind
 * @param attributes everything that defines it, by name
 */
public record OtherObject(String kind, String identity, Map<String, String> attributes) {

    public OtherObject {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(identity, "identity");
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
}
