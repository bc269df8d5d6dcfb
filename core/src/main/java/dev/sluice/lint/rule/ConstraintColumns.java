package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.sql.Node;
import java.util.Set;
import java.util.TreeSet;

/** The columns that an added constraint is about. */
final class ConstraintColumns {

    private ConstraintColumns() {}

    /**
     * Whether all of them come with the same transaction or statement: no row has anything in them that the script did not put
     * there, and no code of before knows them. ALTER TABLE adds its columns before its constraints, in whatever order they
     * stand.
     */
    static boolean areNew(Scene scene, Scene.Part added) {
        Set<String> columns = of(added.definition());
        return !columns.isEmpty()
                && columns.stream()
                        .allMatch(column ->
                                scene.addedBefore(added.table(), column) || isAddedHere(scene.node(), column));
    }

    private static boolean isAddedHere(Node alter, String column) {
        return alter.list("cmds").stream()
                .filter(c -> c.text("subtype").equals("AT_AddColumn"))
                .anyMatch(c -> c.get("def").text("colname").equals(column));
    }

    private static Set<String> of(Node constraint) {
        Set<String> columns = new TreeSet<>(constraint.strings("keys"));
        columns.addAll(constraint.strings("fk_attrs"));
        columns.addAll(Expressions.columns(constraint.get("raw_expr")));
        return columns;
    }
}
