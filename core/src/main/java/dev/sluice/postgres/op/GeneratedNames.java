package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.nio.charset.StandardCharsets;

/**
 * The names PostgreSQL generates: {@code makeObjectName} and {@code ChooseRelationName} of its {@code
 * src/backend/commands/indexcmds.c}, restated from their description there.
 */
final class GeneratedNames {

    private GeneratedNames() {}

    /** {@code table_column_label}, the longer of the first two cut until it fits. */
    static String object(String first, String second, String label) {
        int overhead = (second.isEmpty() ? 0 : 1) + (label.isEmpty() ? 0 : label.length() + 1);
        String a = first;
        String b = second;
        while (bytes(a) + bytes(b) + overhead > Identifier.MAX_BYTES) {
            if (bytes(a) > bytes(b)) {
                a = a.substring(0, a.offsetByCodePoints(a.length(), -1));
            } else {
                b = b.substring(0, b.offsetByCodePoints(b.length(), -1));
            }
        }
        return a + (second.isEmpty() ? "" : "_" + b) + (label.isEmpty() ? "" : "_" + label);
    }

    /** The first of {@code …_label}, {@code …_label1}, … that no relation of the schema has. */
    static String relation(Catalog catalog, QualifiedName table, String column, String label) {
        String name = object(table.name(), column, label);
        for (int i = 1; isTaken(catalog, table.withName(name)); i++) {
            name = object(table.name(), column, label + i);
        }
        return name;
    }

    private static boolean isTaken(Catalog catalog, QualifiedName name) {
        return catalog.table(name).isPresent()
                || catalog.view(name).isPresent()
                || catalog.sequence(name).isPresent()
                || catalog.index(name).isPresent();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
