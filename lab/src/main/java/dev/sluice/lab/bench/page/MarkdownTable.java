package dev.sluice.lab.bench.page;

import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
final class MarkdownTable {
    private MarkdownTable() {}

    static String of(List<String> head, List<List<String>> rows) {
        return row(head)
                + row(head.stream().map(column -> "---").toList())
                + rows.stream().map(MarkdownTable::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
