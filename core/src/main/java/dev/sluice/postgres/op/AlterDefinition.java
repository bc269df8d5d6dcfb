package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Policy;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER FUNCTION, ALTER POLICY, ALTER VIEW (options, defaults of columns): in contract; undone from the catalog. */
final class AlterDefinition implements Operation {

    @Override
    public String id() {
        return "alter-definition";
    }

    @Override
    public About about() {
        return About.of("Change a function, a policy or a view", """
                        `ALTER FUNCTION | PROCEDURE` (volatility, `SET`, `SECURITY`, `COST`, …), `ALTER POLICY`, `ALTER
                        VIEW … SET | RESET (…)`, `ALTER VIEW … ALTER COLUMN … SET | DROP DEFAULT`
                        """)
                .contract("As written: it changes what the old version's statements do.")
                .undo("""
                        The definition it had: `CREATE OR REPLACE` of the function, the policy as it was, the options
                        and the default of the view.
                        """)
                .locks("`ACCESS EXCLUSIVE` on a policy's table, for the catalog change only.")
                .limits("""
                        One action per `ALTER VIEW`. A setting of a function that its owner may not set is not brought
                        back by others.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        return switch (change.kind()) {
            case "AlterFunctionStmt" -> function(change, draft);
            case "AlterPolicyStmt" -> policy(change, draft);
            case "AT_SetRelOptions", "AT_ResetRelOptions", "AT_ColumnDefault" -> view(change, draft);
            default -> false;
        };
    }

    private static boolean function(Change change, Draft draft) {
        Optional<Routine> routine = NamedObject.routine(
                        draft.catalog(), change.command().get("func"))
                .filter(r -> r.kind() != Routine.Kind.AGGREGATE)
                .filter(r -> !ScriptBefore.of(draft, change).drops(r.name().name()));
        routine.ifPresent(r -> BriefChange.last(
                change, draft, Optional.empty(), change.statement().sql(), List.of(r.definition())));
        return routine.isPresent();
    }

    /** ALTER POLICY can only replace USING and WITH CHECK, not remove them: taken back by DROP and CREATE. */
    private static boolean policy(Change change, Draft draft) {
        Node node = change.command();
        String name = node.text("policy_name");
        Optional<Table> table = draft.findTable(node.get("table")).map(t -> t.table());
        Optional<Policy> before = table.stream()
                .flatMap(t -> t.policies().stream())
                .filter(p -> p.name().equals(name))
                .findFirst();
        if (before.isEmpty()) {
            return false;
        }
        String on = Identifier.quote(name) + " ON " + table.get().name().quoted();
        List<String> undo = new ArrayList<>();
        undo.add("DROP POLICY IF EXISTS " + on);
        undo.add(Triggers.policy(table.get().name(), before.get()));
        before.get().comment().ifPresent(c -> undo.add("COMMENT ON POLICY " + on + " IS " + Identifier.literal(c)));
        BriefChange.last(
                change,
                draft,
                Optional.of(table.get().name()),
                change.statement().sql(),
                undo);
        return true;
    }

    private static boolean view(Change change, Draft draft) {
        Node relation = change.relation();
        Optional<String> schema = Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty());
        Optional<View> found = draft.catalog().resolveView(schema, relation.text("relname"));
        boolean alone = change.statement().node().list("cmds").size() == 1;
        if (found.isEmpty() || draft.isNew(relation) || !alone) {
            return false;
        }
        View view = found.get();
        String alter = "ALTER " + (view.kind() == View.Kind.VIEW ? "VIEW " : "MATERIALIZED VIEW ")
                + view.name().quoted();
        List<String> undo = new ArrayList<>();
        if (change.kind().equals("AT_ColumnDefault")) {
            String column = change.command().text("name");
            Optional<String> before = view.columns().stream()
                    .filter(c -> c.name().equals(column))
                    .findFirst()
                    .flatMap(Column::defaultExpression);
            undo.add(alter + " ALTER COLUMN " + Identifier.quote(column)
                    + before.map(d -> " SET DEFAULT " + d).orElse(" DROP DEFAULT"));
        } else {
            for (Node option : change.command().get("def").list("items")) {
                String name = option.text("defname");
                undo.add(alter
                        + view.options().stream()
                                .filter(o -> o.startsWith(name + "="))
                                .findFirst()
                                .map(o -> " SET (" + o + ")")
                                .orElse(" RESET (" + name + ")"));
            }
        }
        BriefChange.last(change, draft, Optional.empty(), change.statement().sql(), undo);
        return true;
    }
}
