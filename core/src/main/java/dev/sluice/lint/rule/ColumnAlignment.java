package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Columns whose order wastes room. */
final class ColumnAlignment implements Rule {

    private static final Map<String, Integer> SIZES = Map.of(
            "int8", 8,
            "bigserial", 8,
            "timestamptz", 8,
            "timestamp", 8,
            "float8", 8,
            "int4", 4,
            "serial", 4,
            "date", 4,
            "int2", 2,
            "bool", 1);

    @Override
    public String id() {
        return "column-alignment";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("columns in an order that wastes room", """
            A column of eight bytes starts at a multiple of eight, one of four at a multiple of four. Small
            columns between large ones leave gaps, in every row.\
            """, """
                Wide columns first: bigint, timestamptz, then int, date, then smallint, boolean, then those of any
                length.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        Optional<QualifiedName> made = Surroundings.made(scene);
        if (made.isEmpty()) {
            return;
        }
        List<Integer> sizes = new ArrayList<>();
        for (Node column : Columns.defined(scene).toList()) {
            int size = SIZES.getOrDefault(Columns.type(column), 0);
            if (size == 0 || !column.get("typeName").list("arrayBounds").isEmpty()) {
                break; // where it ends differs from row to row
            }
            sizes.add(size);
        }
        int now = end(sizes);
        sizes.sort(Comparator.reverseOrder());
        int waste = now - end(sizes);
        if (waste >= 8) {
            report.found(
                    scene.node().get("relation"),
                    "each row of " + made.get() + " has " + waste
                            + " bytes that another order of its columns would save",
                    made.get());
        }
    }

    /** Where the last column ends, each at a multiple of its own size. */
    private static int end(List<Integer> sizes) {
        int end = 0;
        for (int size : sizes) {
            end = (end + size - 1) / size * size + size;
        }
        return (end + 7) / 8 * 8;
    }
}
