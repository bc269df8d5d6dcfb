package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.List;

/** Indexes that do the work of others. Pure. */
final class Successors {

    private Successors() {}

    /** A btree of columns and nothing special: such indexes can be compared by their columns. */
    static boolean isPlain(KnownIndex index) {
        return index.plain() && !index.hasExpressions() && index.predicate().isEmpty();
    }

    static boolean isPlain(Node node) {
        return node.text("accessMethod").equals("btree")
                && !node.has("whereClause")
                && node.list("indexIncludingParams").isEmpty()
                && node.list("indexParams").stream().allMatch(KnownIndex::isPlain);
    }

    static List<String> columns(Node node) {
        return node.list("indexParams").stream().map(p -> p.text("name")).toList();
    }

    static boolean startsWith(List<String> columns, List<String> first) {
        return columns.size() >= first.size()
                && columns.subList(0, first.size()).equals(first);
    }

    /** Whether another index is as good for queries, and as strict. */
    static boolean isThere(Scene scene, KnownIndex index) {
        return scene.schema().indexesOf(index.table()).stream()
                .filter(other -> !other.name().equals(index.name()))
                .anyMatch(other -> isPlain(index)
                        && isPlain(other)
                        && startsWith(other.columns(), index.columns())
                        && (!index.unique() || other.unique() && other.columns().equals(index.columns())));
    }

    /** Whether the index begins with the columns of a unique one: that one finds the single row. */
    static boolean hasKeyWithin(Scene scene, KnownIndex index) {
        return scene.schema().indexesOf(index.table()).stream()
                .filter(other -> !other.name().equals(index.name()))
                .anyMatch(other -> other.unique() && isPlain(other) && startsWith(index.columns(), other.columns()));
    }

    static boolean comesLater(Scene scene, KnownIndex index) {
        return scene.afterAbout(index.table().name(), "IndexStmt")
                .map(Statement::node)
                .filter(node -> scene.schema().name(node.get("relation")).equals(index.table()))
                .anyMatch(node -> startsWith(columns(node), index.columns()));
    }

    static boolean isDroppedLater(Scene scene, KnownIndex index) {
        return scene.afterAbout(index.name().name(), "DropStmt")
                .map(Statement::node)
                .flatMap(node -> Surroundings.dropped(node, "OBJECT_INDEX").stream())
                .anyMatch(name -> name.get(name.size() - 1).equals(index.name().name()));
    }
}
