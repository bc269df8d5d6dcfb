package dev.sluice.planner;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table that the script makes, as far as its statements tell.
 *
 * @param columns all of them
 * @param unique sets of columns whose values are of one row at most
 */
record NewTable(Set<String> columns, List<Set<String>> unique) {

    private static final Set<String> KEYS = Set.of("CONSTR_PRIMARY", "CONSTR_UNIQUE");

    NewTable {
        columns = Set.copyOf(columns);
        unique = List.copyOf(unique);
    }

    /**
     * What statements before the change (or all, for one of the down script) make of it; empty when its columns come from
     * elsewhere (AS, LIKE, INHERITS).
     */
    static Optional<NewTable> of(Draft draft, Change change, Node relation) {
        boolean isOfUp = draft.request().up().statements().contains(change.statement());
        ScriptBefore script = isOfUp ? ScriptBefore.of(draft, change) : ScriptBefore.end(draft);
        Optional<QualifiedName> name = draft.newRelation(relation);
        List<Change> its = script.changes().stream()
                .filter(c -> c.statement().node().has("relation"))
                .filter(c -> Optional.of(draft.nameToCreate(c.relation())).equals(name))
                .toList();
        Set<String> columns = new HashSet<>();
        List<Set<String>> unique = new ArrayList<>();
        boolean made = false;
        for (Change each : its) {
            Node node = each.command();
            switch (each.kind()) {
                case "CreateStmt" -> {
                    if (!node.list("inhRelations").isEmpty()
                            || node.has("ofTypename")
                            || !node.all("TableLikeClause").isEmpty()) {
                        return Optional.empty();
                    }
                    made = true;
                    node.list("tableElts").forEach(element -> add(element, columns, unique));
                }
                case "AT_AddColumn", "AT_AddConstraint" -> add(node.get("def"), columns, unique);
                case "IndexStmt" -> {
                    List<Node> keys = node.list("indexParams");
                    if (node.flag("unique")
                            && !node.has("whereClause")
                            && keys.stream().allMatch(key -> key.has("name"))) {
                        unique.add(Set.copyOf(
                                keys.stream().map(key -> key.text("name")).toList()));
                    }
                }
                case "AT_DropColumn", "AT_DropConstraint", "RenameStmt" -> {
                    return Optional.empty();
                }
                default -> {
                    // says nothing of columns or keys
                }
            }
        }
        return made ? Optional.of(new NewTable(columns, unique)) : Optional.empty();
    }

    private static void add(Node element, Set<String> columns, List<Set<String>> unique) {
        if (element.is("ColumnDef")) {
            String name = element.text("colname");
            columns.add(name);
            if (element.list("constraints").stream().anyMatch(c -> KEYS.contains(c.text("contype")))) {
                unique.add(Set.of(name));
            }
        } else if (element.is("Constraint")
                && KEYS.contains(element.text("contype"))
                && !element.strings("keys").isEmpty()) {
            unique.add(Set.copyOf(element.strings("keys")));
        }
    }
}
