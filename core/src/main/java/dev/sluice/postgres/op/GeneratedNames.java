package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The names PostgreSQL generates: {@code makeObjectName}, {@code ChooseRelationName} and {@code ChooseConstraintName} of
 * its {@code indexcmds.c} and {@code pg_constraint.c}, restated from their description there.
 */
final class GeneratedNames {

    private GeneratedNames() {}

    /** The table under the name that the script calls it by: in a plain run, things made after a rename have that in theirs. */
    static QualifiedName asCalled(Draft draft, QualifiedName table) {
        return draft.findTable(table)
                .flatMap(TableDraft::newName)
                .map(TableDraft.TableRenamed::after)
                .orElse(table);
    }

    /** The first of {@code …_label}, {@code …_label1}, … that no relation of the schema has. */
    static String relation(Draft draft, QualifiedName table, String column, String label) {
        return choose(asCalled(draft, table), column, label, name -> isTaken(draft.catalog(), name));
    }

    /** The name of an index over these keys: {@code t_a_b_idx}. */
    static String index(Draft draft, Change change, QualifiedName table, List<String> keys) {
        return choose(asCalled(draft, table), addition(unique(keys)), "idx", name -> isTaken(draft, change, name));
    }

    /** The same where others, which go, have the names {@code freed}. */
    static String index(Draft draft, Change change, QualifiedName table, List<String> keys, List<QualifiedName> freed) {
        return choose(
                table, addition(unique(keys)), "idx", name -> !freed.contains(name) && isTaken(draft, change, name));
    }

    /** The name of a key over these columns, which is also that of its index: {@code t_a_b_key}, {@code t_pkey}. */
    static String key(Draft draft, Change change, QualifiedName table, List<String> columns, boolean primary) {
        return choose(
                asCalled(draft, table),
                primary ? "" : addition(unique(columns)),
                primary ? "pkey" : "key",
                name -> isTaken(draft, change, name) || isConstraint(draft, change, name));
    }

    static String foreignKey(Draft draft, Change change, QualifiedName table, List<String> columns) {
        return choose(asCalled(draft, table), addition(columns), "fkey", name -> isConstraint(draft, change, name));
    }

    /** A check over one column has it in its name. */
    static String check(Draft draft, Change change, QualifiedName table, Set<String> columns) {
        String column = columns.size() == 1 ? columns.iterator().next() : "";
        return choose(asCalled(draft, table), column, "check", name -> isConstraint(draft, change, name));
    }

    /** What an index key is called in the name of the index: its column, the function, {@code expr}. */
    static String keyName(Node element) {
        String given = element.text("indexcolname") + element.text("name");
        return given.isEmpty() ? expression(element.get("expr")).orElse("expr") : given;
    }

    private static java.util.Optional<String> expression(Node node) {
        return switch (node.type()) {
            case "ColumnRef" -> last(node.strings("fields"));
            case "FuncCall" -> last(node.strings("funcname"));
            case "CoalesceExpr" -> java.util.Optional.of("coalesce");
            case "MinMaxExpr" -> java.util.Optional.of(node.text("op").equals("IS_LEAST") ? "least" : "greatest");
            case "A_Indirection", "CollateClause" -> expression(node.get("arg"));
            case "TypeCast" ->
                isWeak(node.get("arg")) ? last(node.get("typeName").strings("names")) : expression(node.get("arg"));
            case "CaseExpr" ->
                isWeak(node.get("defresult")) ? java.util.Optional.of("case") : expression(node.get("defresult"));
            case "A_Expr" ->
                node.text("kind").equals("AEXPR_NULLIF") ? java.util.Optional.of("nullif") : java.util.Optional.empty();
            default -> java.util.Optional.empty();
        };
    }

    /** Whether the type of a cast, or CASE, names the key rather than what is inside. */
    private static boolean isWeak(Node node) {
        return node.is("TypeCast") && isWeak(node.get("arg"))
                || node.is("CaseExpr") && isWeak(node.get("defresult"))
                || expression(node).isEmpty();
    }

    private static java.util.Optional<String> last(List<String> names) {
        return names.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(names.get(names.size() - 1));
    }

    /** Equal keys get numbers, as {@code ChooseIndexColumnNames} gives them. */
    private static List<String> unique(List<String> keys) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            String name = key;
            for (int i = 1; !seen.add(name); i++) {
                name = Identifier.numbered(key, i);
            }
            names.add(name);
        }
        return names;
    }

    private static String addition(List<String> columns) {
        StringBuilder text = new StringBuilder();
        for (String column : columns) {
            text.append(text.isEmpty() ? "" : "_").append(column);
            if (bytes(text.toString()) > Identifier.MAX_BYTES) {
                break;
            }
        }
        return text.toString();
    }

    private static String choose(QualifiedName table, String column, String label, Predicate<QualifiedName> isTaken) {
        String name = Identifier.generated(table.name(), column, label);
        for (int i = 1; isTaken.test(table.withName(name)); i++) {
            name = Identifier.generated(table.name(), column, label + i);
        }
        return name;
    }

    private static boolean isTaken(Draft draft, Change change, QualifiedName name) {
        return draft.isNew(name) || isTaken(draft.catalog(), name) && !isFreed(draft, change, name);
    }

    /** Whether what has the name goes before, perhaps with one of its columns. */
    private static boolean isFreed(Draft draft, Change change, QualifiedName name) {
        ScriptBefore before = ScriptBefore.of(draft, change);
        return before.frees(name.name())
                || draft.catalog().tables().values().stream()
                        .filter(t -> t.name().schema().equals(name.schema()))
                        .anyMatch(t -> t.constraint(name.name())
                                        .filter(c -> before.dropsColumnOf(t.name(), c))
                                        .isPresent()
                                || t.index(name.name())
                                        .filter(i -> Stream.concat(i.keyColumns().stream(), i.included().stream())
                                                .anyMatch(c -> before.drops(ObjectRef.column(t.name(), c))))
                                        .isPresent());
    }

    /** Constraint names count per schema here, although they only have to be unique per table. */
    private static boolean isConstraint(Draft draft, Change change, QualifiedName name) {
        return draft.has(new Mark.ConstraintMade(name))
                || draft.catalog().tables().values().stream()
                                .filter(t -> t.name().schema().equals(name.schema()))
                                .anyMatch(t -> t.constraint(name.name()).isPresent())
                        && !isFreed(draft, change, name);
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
