package dev.sluice.postgres.op;

import dev.sluice.catalog.FiringMode;
import dev.sluice.catalog.Policy;
import dev.sluice.catalog.Rule;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.Trigger;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Triggers, rules, policies and row security: they change what the old version's statements do, so they wait for
 * contract.
 */
final class Triggers implements Operation {

    @Override
    public String id() {
        return "trigger";
    }

    @Override
    public About about() {
        return About.of("Triggers, rules, policies and row level security", """
                        `CREATE | DROP TRIGGER | RULE | POLICY`, `ENABLE | DISABLE TRIGGER`, `ENABLE | DISABLE | FORCE
                        ROW LEVEL SECURITY`
                        """)
                .contract("All of it: it changes what the old version's statements do.")
                .undo("`DROP`, or the catalog's definition with its firing mode and comment.")
                .locks("`ACCESS EXCLUSIVE` for a moment.")
                .limits("""
                        DROP and CREATE of one trigger are two short transactions. `DISABLE TRIGGER ALL` and `USER` are
                        refused.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        switch (change.kind()) {
            case "CreateTrigStmt" -> create(change, draft, node.text("trigname"), "TRIGGER", node.get("relation"));
            case "RuleStmt" -> create(change, draft, node.text("rulename"), "RULE", node.get("relation"));
            case "CreatePolicyStmt" -> create(change, draft, node.text("policy_name"), "POLICY", node.get("table"));
            case "DropStmt" -> {
                return drop(change, draft);
            }
            case "AT_EnableRowSecurity" -> security(change, draft, t -> t.rowSecurity() ? "ENABLE" : "DISABLE");
            case "AT_DisableRowSecurity" -> security(change, draft, t -> t.rowSecurity() ? "ENABLE" : "DISABLE");
            case "AT_ForceRowSecurity", "AT_NoForceRowSecurity" ->
                security(change, draft, t -> t.forceRowSecurity() ? "FORCE" : "NO FORCE");
            case "AT_EnableTrig", "AT_DisableTrig", "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig" ->
                firing(change, draft);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void create(Change change, Draft draft, String name, String word, Node relation) {
        Optional<TableDraft> found = draft.findTable(relation);
        QualifiedName on = found.map(TableDraft::name).orElseGet(() -> draft.nameToCreate(relation));
        Optional<String> before = found.flatMap(t -> definition(t.table(), word, name));
        String drop = "DROP " + word + " IF EXISTS " + Identifier.quote(name) + " ON " + on.quoted();
        List<String> undo = new ArrayList<>();
        undo.add(drop);
        if (change.command().flag("replace")) {
            before.ifPresent(undo::add);
        }
        add(
                change,
                draft,
                on,
                found.isPresent(),
                "create " + word.toLowerCase(java.util.Locale.ROOT) + " " + name,
                change.statement().sql(),
                undo);
    }

    private static boolean drop(Change change, Draft draft) {
        String word = switch (change.command().text("removeType")) {
            case "OBJECT_TRIGGER" -> "TRIGGER";
            case "OBJECT_RULE" -> "RULE";
            case "OBJECT_POLICY" -> "POLICY";
            default -> "";
        };
        if (word.isEmpty()) {
            return false;
        }
        List<String> parts = change.command().list("objects").get(0).strings("items");
        String name = ObjectNames.last(parts);
        List<String> relation = parts.subList(0, parts.size() - 1);
        Optional<Table> table = draft.catalog().resolveTable(ObjectNames.schema(relation), ObjectNames.last(relation));
        Optional<String> before = table.flatMap(t -> definition(t, word, name));
        if (before.isEmpty()) {
            parts.forEach(part -> MadeAndGone.requireOldName(change, draft, part));
            if (change.command().flag("missing_ok")) {
                draft.note(Note.Level.INFO, change.source(), word + " " + name + " does not exist: nothing to drop");
                return true;
            }
            throw draft.refuse(
                    change,
                    "missing-relation",
                    word.toLowerCase(java.util.Locale.ROOT) + " \"" + name + "\" does not exist on a table",
                    "Check the name, or write IF EXISTS.");
        }
        QualifiedName on = table.orElseThrow().name();
        List<String> undo = new ArrayList<>();
        undo.add(before.get());
        table.get().trigger(name).filter(t -> word.equals("TRIGGER")).ifPresent(t -> {
            if (t.firing() != FiringMode.ORIGIN) {
                undo.add("ALTER TABLE " + on.quoted() + " " + mode(t.firing()) + " TRIGGER " + Identifier.quote(name));
            }
        });
        comment(table.get(), word, name)
                .ifPresent(c -> undo.add("COMMENT ON " + word + " " + Identifier.quote(name) + " ON " + on.quoted()
                        + " IS " + Identifier.literal(c)));
        add(
                change,
                draft,
                Slot.SWAP, // before the columns it uses go, so that these are back before it is
                on,
                true,
                "drop " + word.toLowerCase(java.util.Locale.ROOT) + " " + name,
                "DROP " + word + " IF EXISTS " + Identifier.quote(name) + " ON " + on.quoted(),
                undo);
        return true;
    }

    private static Optional<String> comment(Table table, String word, String name) {
        return switch (word) {
            case "TRIGGER" -> table.trigger(name).flatMap(Trigger::comment);
            case "RULE" ->
                table.rules().stream()
                        .filter(r -> r.name().equals(name))
                        .findFirst()
                        .flatMap(Rule::comment);
            default ->
                table.policies().stream()
                        .filter(p -> p.name().equals(name))
                        .findFirst()
                        .flatMap(Policy::comment);
        };
    }

    private static Optional<String> definition(Table table, String word, String name) {
        return switch (word) {
            case "TRIGGER" -> table.trigger(name).map(Trigger::definition);
            case "RULE" ->
                table.rules().stream()
                        .filter(r -> r.name().equals(name))
                        .map(Rule::definition)
                        .findFirst();
            default ->
                table.policies().stream()
                        .filter(p -> p.name().equals(name))
                        .map(p -> policy(table.name(), p))
                        .findFirst();
        };
    }

    static String policy(QualifiedName table, Policy policy) {
        return "CREATE POLICY " + Identifier.quote(policy.name()) + " ON " + table.quoted() + " AS "
                + (policy.permissive() ? "PERMISSIVE" : "RESTRICTIVE") + " FOR " + policy.command() + " TO "
                + policy.roles().stream()
                        .map(r -> r.isEmpty() ? "PUBLIC" : Identifier.quote(r))
                        .collect(Collectors.joining(", "))
                + policy.using().map(u -> " USING (" + u + ")").orElse("")
                + policy.withCheck().map(c -> " WITH CHECK (" + c + ")").orElse("");
    }

    private static void security(Change change, Draft draft, java.util.function.Function<Table, String> before) {
        TableDraft table = draft.table(change);
        String alter = "ALTER TABLE " + table.name().quoted() + " ";
        add(
                change,
                draft,
                table.name(),
                true,
                "row security of " + table.name().name(),
                alter + change.text(),
                List.of(alter + before.apply(table.table()) + " ROW LEVEL SECURITY"));
    }

    private static void firing(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        boolean made = ScriptBefore.of(draft, change).createsTrigger(name);
        FiringMode before = table.table()
                .trigger(name)
                .map(Trigger::firing)
                .or(() -> made ? Optional.of(FiringMode.ORIGIN) : Optional.empty())
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-relation",
                        "trigger \"" + name + "\" of table " + table.name() + " does not exist",
                        "Check the name."));
        String alter = "ALTER TABLE " + table.name().quoted() + " ";
        add(
                change,
                draft,
                made ? Slot.AFTER_SWAP : Slot.SWAP, // where the script makes it, or may drop it
                table.name(),
                true,
                "firing of trigger " + name,
                alter + change.text(),
                List.of(alter + mode(before) + " TRIGGER " + Identifier.quote(name)));
    }

    private static String mode(FiringMode mode) {
        return switch (mode) {
            case ORIGIN -> "ENABLE";
            case ALWAYS -> "ENABLE ALWAYS";
            case REPLICA -> "ENABLE REPLICA";
            case DISABLED -> "DISABLE";
        };
    }

    private static void add(
            Change change, Draft draft, QualifiedName on, boolean lock, String title, String sql, List<String> undo) {
        add(change, draft, Slot.AFTER_SWAP, on, lock, title, sql, undo);
    }

    private static void add(
            Change change,
            Draft draft,
            Slot slot,
            QualifiedName on,
            boolean lock,
            String title,
            String sql,
            List<String> undo) {
        var spec = draft.step(change, title, title)
                .because("it changes what the old version's statements do; changes only the catalog");
        var back = draft.step(change, title + " undo", "take back: " + title);
        if (lock) {
            spec.lock(on, LockMode.ACCESS_EXCLUSIVE);
            back.lock(on, LockMode.ACCESS_EXCLUSIVE);
        }
        draft.add(change, slot, spec.undo(back.brief(Step.Purpose.DDL, undo)).brief(Step.Purpose.DDL, sql));
    }
}
