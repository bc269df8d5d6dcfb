package dev.sluice.planner;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.UserType;
import dev.sluice.plan.Phase;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Labels of enums that the script renames: a label has its new name only in contract. A statement behind the rename that says
 * the new name would fail before; one that computes something from such labels would compute it from the old name. What
 * PostgreSQL stores of labels (defaults, checks, rows) refers to the label and not to its name, so that a statement before the
 * rename, with the old name, comes to the same.
 */
final class RenamedLabels {

    /** A comment is no value; and renames keep their order. */
    private static final Set<String> NO_VALUES = Set.of("CommentStmt", "AlterEnumStmt");

    /** What computes values in its own time; views and functions do later, with the names of that time. */
    private static final Set<String> COMPUTES =
            Set.of("UpdateStmt", "InsertStmt", "DeleteStmt", "MergeStmt", "AlterTableStmt", "CreateTableAsStmt");

    private RenamedLabels() {}

    /** @throws ChangeRefused when the statement speaks of a label, or reads one, that has its name only in contract */
    static void requireNone(Statement statement, Draft draft) {
        if (NO_VALUES.contains(statement.type()) || !isBehindARename(statement, draft)) {
            return;
        }
        Change change = Change.of(statement).get(0);
        List<Change> before = ScriptBefore.of(draft, change).changes();
        for (Change rename : before) {
            if (rename.kind().equals("AlterEnumStmt")
                    && rename.command().has("oldVal")
                    && !draft.directives().phase(rename).equals(Optional.of(Phase.EXPAND))) {
                requireNoneOf(rename, change, before, draft);
            }
        }
    }

    private static boolean isBehindARename(Statement statement, Draft draft) {
        return draft.request().up().statements().stream()
                .takeWhile(before -> before.start() < statement.start())
                .anyMatch(before ->
                        before.node().is("AlterEnumStmt") && before.node().has("oldVal"));
    }

    private static void requireNoneOf(Change rename, Change change, List<Change> script, Draft draft) {
        String before = rename.command().text("oldVal");
        String after = rename.command().text("newVal");
        String why = "label " + before + " is called " + after + " only after contract, because the old version writes "
                + before + " until then";
        if (says(change.statement(), after)) {
            throw draft.refuse(
                    change,
                    "renamed-label",
                    why + "; this statement already says " + after,
                    "Write this statement before the rename (line "
                            + rename.source().line() + "), with the label " + before + ": what is stored is the same.");
        }
        Set<String> columns = columns(rename, script, draft);
        if (COMPUTES.contains(change.statement().type())
                && reads(change.statement().node()).anyMatch(columns::contains)) {
            throw draft.refuse(
                    change,
                    "renamed-label",
                    why + "; what this statement computes from such a column before contract may come of the old name",
                    "Write this statement before the rename (line "
                            + rename.source().line()
                            + ") when it does not depend on the labels' names, and otherwise in a later migration.");
        }
    }

    private static boolean says(Statement statement, String label) {
        String literal = Identifier.literal(label);
        return Tokens.of(statement.sql()).stream()
                .anyMatch(token ->
                        token.kind() == Tokens.Kind.STRING && token.text().contains(literal));
    }

    /** By what names the script knows the columns that hold labels of the type. */
    private static Set<String> columns(Change rename, List<Change> script, Draft draft) {
        List<String> parts = rename.command().strings("typeName");
        Optional<QualifiedName> type = draft.catalog()
                .resolveType(
                        parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty(),
                        parts.get(parts.size() - 1))
                .map(UserType::name);
        Set<String> names = draft.catalog().tables().values().stream()
                .flatMap(table -> table.columns().stream())
                .filter(column -> type.equals(Optional.of(column.type().name()))
                        || type.isPresent() && type.equals(column.type().element()))
                .map(Column::name)
                .collect(Collectors.toCollection(HashSet::new));
        script.stream()
                .filter(c -> c.kind().equals("RenameStmt")
                        && names.contains(c.command().text("subname")))
                .forEach(c -> names.add(c.command().text("newname")));
        return names;
    }

    /** The columns that it reads, other than to see whether they are NULL; another type is computed from the column. */
    private static Stream<String> reads(Node statement) {
        List<String> read = columnsIn(statement);
        statement.all("NullTest").stream()
                .flatMap(test -> columnsIn(test).stream())
                .forEach(read::remove);
        statement.list("cmds").stream()
                .filter(command -> command.text("subtype").equals("AT_AlterColumnType"))
                .forEach(command -> read.add(command.text("name")));
        return read.stream();
    }

    private static List<String> columnsIn(Node node) {
        List<String> names = new ArrayList<>();
        for (Node reference : node.all("ColumnRef")) {
            List<String> fields = reference.strings("fields");
            if (!fields.isEmpty()) {
                names.add(fields.get(fields.size() - 1));
            }
        }
        return names;
    }
}
