package dev.sluice.postgres.op;

import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Operation;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE of what nobody uses yet (casts, operators, collations, foreign tables, …): as written, in expand; undone by DROP. */
final class CreateOther implements Operation {

    @Override
    public String id() {
        return "create-other";
    }

    @Override
    public About about() {
        return About.of("Create a cast, operator, aggregate, collation, text search configuration or statistics", """
                        `CREATE CAST | OPERATOR | AGGREGATE | COLLATION | CONVERSION | TEXT SEARCH CONFIGURATION | TEXT
                        SEARCH DICTIONARY | STATISTICS | FOREIGN DATA WRAPPER | SERVER | FOREIGN TABLE`
                        """)
                .expand("As written: nobody uses it yet.")
                .contract("Nothing.")
                .undo("""
                        `DROP … IF EXISTS`; unnamed statistics under the name PostgreSQL gives them.
                        """)
                .locks("""
                        `SHARE UPDATE EXCLUSIVE` on the table of statistics; otherwise none on tables.
                        """)
                .limits("""
                        `OR REPLACE` and `IF NOT EXISTS` are refused, and so is the old form of aggregates. An implicit
                        cast can make old statements ambiguous: PostgreSQL does not tell beforehand.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        switch (change.kind()) {
            case "CreateCastStmt" -> add(change, draft, "CAST", brackets(change.text(), 0));
            case "CreateStatsStmt" -> statistics(change, draft, node);
            case "CreateConversionStmt" ->
                add(change, draft, "CONVERSION", name(draft, node.strings("conversion_name")));
            case "CreateFdwStmt" -> add(change, draft, "FOREIGN DATA WRAPPER", Identifier.quote(node.text("fdwname")));
            case "CreateForeignServerStmt" -> {
                return !node.flag("if_not_exists")
                        && add(change, draft, "SERVER", Identifier.quote(node.text("servername")));
            }
            case "CreateForeignTableStmt" -> {
                Node base = node.get("base");
                QualifiedName table = draft.nameToCreate(base.get("relation"));
                return !base.flag("if_not_exists") && add(change, draft, "FOREIGN TABLE", table.quoted());
            }
            case "DefineStmt" -> {
                return define(change, draft, node);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean define(Change change, Draft draft, Node node) {
        if (node.flag("replace") || node.flag("oldstyle") || node.flag("if_not_exists")) {
            return false;
        }
        List<String> parts = node.strings("defnames");
        switch (node.text("kind")) {
            case "OBJECT_COLLATION" -> add(change, draft, "COLLATION", name(draft, parts));
            case "OBJECT_TSCONFIGURATION" -> add(change, draft, "TEXT SEARCH CONFIGURATION", name(draft, parts));
            case "OBJECT_TSDICTIONARY" -> add(change, draft, "TEXT SEARCH DICTIONARY", name(draft, parts));
            case "OBJECT_AGGREGATE" ->
                add(change, draft, "AGGREGATE", name(draft, parts) + " " + brackets(change.text(), 2));
            case "OBJECT_OPERATOR" ->
                add(
                        change,
                        draft,
                        "OPERATOR",
                        Identifier.quote(ObjectNames.toCreate(draft.catalog(), parts)
                                        .schema())
                                + "." + ObjectNames.last(parts) + " (" + side(node, "leftarg") + ", "
                                + side(node, "rightarg") + ")");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String side(Node operator, String side) {
        return operator.list("definition").stream()
                .filter(d -> d.text("defname").equals(side))
                .map(d -> Functions.sql(d.get("arg")))
                .findFirst()
                .orElse("NONE");
    }

    private static String name(Draft draft, List<String> parts) {
        return ObjectNames.toCreate(draft.catalog(), parts).quoted();
    }

    /** The first pair of brackets behind so many tokens, with what stands in it. */
    private static String brackets(String sql, int behind) {
        List<Tokens.Token> tokens = Tokens.of(sql);
        int depth = 0;
        int start = -1;
        for (Tokens.Token token : tokens.subList(behind, tokens.size())) {
            if (token.is("(")) {
                start = depth == 0 ? token.start() : start;
                depth++;
            } else if (token.is(")")) {
                depth--;
                if (depth == 0) {
                    return sql.substring(start, token.end());
                }
            }
        }
        throw new IllegalArgumentException("no brackets in " + sql);
    }

    private static void statistics(Change change, Draft draft, Node node) {
        List<String> parts = node.strings("defnames");
        TableDraft table = draft.table(change, node.list("relations").get(0));
        QualifiedName name =
                parts.isEmpty() ? generated(draft, table.name(), node) : ObjectNames.toCreate(draft.catalog(), parts);
        boolean exists =
                draft.catalog().statistics().stream().anyMatch(s -> s.name().equals(name));
        if (exists) {
            throw draft.refuse(
                    change, "duplicate-relation", "statistics " + name + " exist already", "Give them another name.");
        }
        draft.mark(mark(name));
        BriefChange.additive(
                change,
                draft,
                Optional.empty(),
                change.statement().sql(),
                List.of("DROP STATISTICS IF EXISTS " + name.quoted()));
    }

    /** {@code table_a_b_stat}, expressions being {@code expr}: statscmds.c, ChooseExtendedStatisticName. */
    private static QualifiedName generated(Draft draft, QualifiedName table, Node node) {
        List<String> columns = new ArrayList<>();
        for (Node element : node.list("exprs")) {
            columns.add(element.text("name").isEmpty() ? "expr" : element.text("name"));
        }
        for (int i = 0; ; i++) {
            QualifiedName name = table.withName(Identifier.generated(
                    GeneratedNames.asCalled(draft, table).name(),
                    String.join("_", columns),
                    i == 0 ? "stat" : "stat" + i));
            if (draft.catalog().statistics().stream().noneMatch(s -> s.name().equals(name)) && !draft.has(mark(name))) {
                return name;
            }
        }
    }

    private static Mark mark(QualifiedName statistics) {
        return new Mark.StatisticsMade(statistics);
    }

    private static boolean add(Change change, Draft draft, String word, String what) {
        BriefChange.additive(
                change,
                draft,
                Optional.empty(),
                change.statement().sql(),
                List.of("DROP " + word + " IF EXISTS " + what));
        return true;
    }
}
