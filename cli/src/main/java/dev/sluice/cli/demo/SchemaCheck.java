package dev.sluice.cli.demo;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.postgres.CatalogReader;
import java.util.List;

/** Compares schemas, in every attribute the catalog has. */
final class SchemaCheck {
    private SchemaCheck() {}

    static Catalog read(ConnectionSource source) {
        try (Session session = Session.open(source, "demo schema check")) {
            return CatalogReader.read(session);
        }
    }

    /** What of {@code found} is not as {@code expected}, in words. */
    static List<String> differences(Catalog expected, Catalog found) {
        return CatalogDiff.compare(expected, found).stream()
                .map(difference -> "schema: " + difference.kind() + " " + difference.name() + ", "
                        + difference.attribute() + ": expected "
                        + difference.left().orElse("nothing") + ", found "
                        + difference.right().orElse("nothing"))
                .toList();
    }
}
