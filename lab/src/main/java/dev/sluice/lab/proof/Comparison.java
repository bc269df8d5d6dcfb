package dev.sluice.lab.proof;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.diff.Difference;
import dev.sluice.lab.TestDatabase;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.DataDiff;
import dev.sluice.postgres.TableDifference;
import dev.sluice.postgres.TableDifference.RowDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Turns differences of two databases into findings. */
final class Comparison {

    private Comparison() {}

    static Catalog catalog(TestDatabase database) {
        try (Session session = session(database)) {
            return CatalogReader.read(session);
        }
    }

    static Session session(TestDatabase database) {
        return Session.open(database::connect, "proof");
    }

    /** All differences of catalog and rows. */
    static List<Finding> of(
            String when,
            DataDiff.Side expected,
            Session actual,
            DataDiff.Digests digests,
            CatalogDiff.Options options,
            DataDiff.Options rows) {
        Catalog actualCatalog = CatalogReader.read(actual);
        List<Finding> findings = new ArrayList<>();
        for (Difference difference : CatalogDiff.compare(expected.catalog(), actualCatalog, options)) {
            findings.add(catalog(when, difference));
        }
        for (TableDifference table :
                DataDiff.compare(expected, new DataDiff.Side(actual, actualCatalog, digests), rows)) {
            rows(when, table, findings);
        }
        return findings;
    }

    private static Finding catalog(String when, Difference difference) {
        return new Finding(
                Check.CATALOG,
                when,
                difference.kind() + " " + difference.name(),
                difference.attribute(),
                difference.left().orElse(""),
                difference.right().orElse(""));
    }

    private static void rows(String when, TableDifference table, List<Finding> findings) {
        for (RowDifference row : table.samples()) {
            row(when, table, row, findings);
        }
        long all = table.onlyLeft() + table.onlyRight() + table.changed();
        if (all > table.samples().size()) {
            findings.add(new Finding(
                    Check.ROWS,
                    when,
                    "table " + table.table(),
                    "rows",
                    "the same",
                    table.changed() + " changed, " + table.onlyLeft() + " missing, " + table.onlyRight()
                            + " too many; the first " + table.samples().size() + " are listed"));
        }
    }

    private static void row(String when, TableDifference table, RowDifference row, List<Finding> findings) {
        String object = "row " + row.key() + " of " + table.table();
        if (row.left().isEmpty() || row.right().isEmpty()) {
            findings.add(
                    new Finding(Check.ROWS, when, object, Difference.EXISTENCE, text(row.left()), text(row.right())));
            return;
        }
        TreeSet<String> columns = new TreeSet<>(row.left().keySet());
        columns.addAll(row.right().keySet());
        for (String column : columns) {
            findings.add(new Finding(
                    Check.ROWS,
                    when,
                    object,
                    column,
                    row.left().getOrDefault(column, ""),
                    row.right().getOrDefault(column, "")));
        }
    }

    private static String text(Map<String, String> values) {
        return values.isEmpty() ? "" : values.toString();
    }
}
