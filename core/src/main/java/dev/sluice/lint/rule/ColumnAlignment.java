package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.rule.Words.Span;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
    public Set<String> types() {
        return Set.of("CreateStmt");
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
                    fix(scene, sizes.size()),
                    made.get());
        }
    }

    /** Not where a comment stands among the columns, or rows are put in by their order. */
    private static Optional<Fix> fix(Scene scene, int count) {
        Words words = Words.of(scene);
        List<Span> elements = words.elements();
        List<Node> columns = scene.node().list("tableElts");
        boolean comments = scene.statement().sql().contains("--")
                || scene.statement().sql().contains("/*");
        boolean byOrder = scene.after("InsertStmt", "CopyStmt")
                .anyMatch(s -> s.node().is("InsertStmt")
                                && s.node().list("cols").isEmpty()
                        || s.node().is("CopyStmt") && s.node().list("attlist").isEmpty());
        boolean leading = elements.size() == columns.size()
                && columns.subList(0, count).stream().allMatch(c -> c.is("ColumnDef"));
        if (comments || byOrder || !leading) {
            return Optional.empty();
        }
        List<Integer> order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> SIZES.getOrDefault(Columns.type(columns.get(i)), 0))
                        .reversed())
                .toList();
        Edits edits = words.edits();
        for (int i = 0; i < count; i++) {
            edits.replace(
                    elements.get(i).start(),
                    elements.get(i).end(),
                    elements.get(order.get(i)).of(scene.statement()));
        }
        return edits.fix();
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
