package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.ColumnGrants;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** COMMENT and GRANT (expand), REVOKE (contract), storage parameters and statistics targets (expand). */
final class Describe implements Operation {

    @Override
    public String id() {
        return "describe";
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        switch (change.kind()) {
            case "CommentStmt" -> comment(change, draft);
            case "GrantStmt" -> grant(change, draft);
            case "AT_SetRelOptions", "AT_ResetRelOptions" -> options(change, draft);
            case "AT_SetStatistics" -> statistics(change, draft);
            case "SelectStmt" -> {
                return setting(change, draft);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void comment(Change change, Draft draft) {
        String sql = change.statement().sql();
        Tokens.Token is = last(sql, "is");
        String back = sql.substring(0, is.end()) + " "
                + before(change, draft).map(Identifier::literal).orElse("NULL");
        Slot slot = Placement.of(change, draft, isOfGeneratedConstraint(change, draft) ? Slot.AFTER_SWAP : Slot.CREATE);
        draft.add(
                change,
                slot,
                draft.step(change, "comment " + sql.substring(0, is.start()).strip(), Placement.words(change))
                        .because("changes only the catalog")
                        .undo(draft.step(change, "comment-back", "take back: comment")
                                .brief(Step.Purpose.DDL, back))
                        .brief(Step.Purpose.DDL, sql));
    }

    /** Whether the script makes the constraint without naming it, such as a NOT NULL: nobody knows in which step it comes. */
    private static boolean isOfGeneratedConstraint(Change change, Draft draft) {
        List<String> parts = change.command().get("object").strings("items");
        return change.command().text("objtype").equals("OBJECT_TABCONSTRAINT")
                && table(draft.catalog(), parts)
                        .filter(t -> t.constraint(ObjectNames.last(parts)).isEmpty())
                        .isPresent();
    }

    /** The comment there was; empty for what the migration makes and for kinds the catalog is not asked about. */
    private static Optional<String> before(Change change, Draft draft) {
        Catalog catalog = draft.catalog();
        Node object = change.command().get("object");
        List<String> parts = object.strings("items");
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        String name = ObjectNames.last(parts);
        Optional<String> schema = ObjectNames.schema(parts);
        return switch (change.command().text("objtype")) {
            case "OBJECT_TABLE" -> catalog.resolveTable(schema, name).flatMap(Table::comment);
            case "OBJECT_VIEW", "OBJECT_MATVIEW" ->
                ScriptBefore.of(draft, change).drops(name)
                        ? Optional.empty()
                        : catalog.resolveView(schema, name).flatMap(View::comment);
            case "OBJECT_INDEX" -> catalog.resolveIndex(schema, name).flatMap(i -> i.comment());
            case "OBJECT_SEQUENCE" -> catalog.resolveSequence(schema, name).flatMap(s -> s.comment());
            case "OBJECT_COLUMN" ->
                table(catalog, parts).flatMap(t -> t.column(name)).flatMap(c -> c.comment());
            case "OBJECT_TABCONSTRAINT" ->
                table(catalog, parts).flatMap(t -> t.constraint(name)).flatMap(c -> c.comment());
            case "OBJECT_TRIGGER" ->
                table(catalog, parts).flatMap(t -> t.trigger(name)).flatMap(t -> t.comment());
            default -> Optional.empty();
        };
    }

    private static Optional<Table> table(Catalog catalog, List<String> parts) {
        List<String> relation = parts.subList(0, parts.size() - 1);
        return catalog.resolveTable(ObjectNames.schema(relation), ObjectNames.last(relation));
    }

    private static void grant(Change change, Draft draft) {
        boolean grant = change.command().flag("is_grant");
        Slot slot = Placement.of(
                change, draft, grant ? Slot.CREATE : isRenamedLater(change, draft) ? Slot.PREPARE : Slot.AFTER_SWAP);
        List<String> undo = new ArrayList<>();
        if (grant) {
            undo.add(opposite(change));
        }
        undo.addAll(grantsBefore(change, draft));
        draft.add(
                change,
                slot,
                grantStep(
                        change,
                        draft,
                        grant
                                ? "additive: nobody loses a right"
                                : "the old version may need the right until it is gone",
                        undo));
        boolean revoked = ScriptBefore.of(draft, change).changes().stream()
                .anyMatch(
                        c -> c.kind().equals("GrantStmt") && !c.command().flag("is_grant") && sharesGrantee(c, change));
        if (grant && revoked && slot.phase() == Phase.EXPAND) {
            draft.add(
                    Slot.AFTER_SWAP,
                    grantStep(change, draft, "once more, after the REVOKE before it in the script", undo));
        }
    }

    private static Step grantStep(Change change, Draft draft, String why, List<String> undo) {
        return draft.step(change, "grant", Placement.words(change))
                .because(why)
                .undo(draft.step(change, "grant-back", "take back: " + Placement.words(change))
                        .brief(Step.Purpose.DDL, undo))
                .brief(Step.Purpose.DDL, change.statement().sql());
    }

    private static boolean sharesGrantee(Change a, Change b) {
        Set<String> grantees = grantees(a);
        return grantees(b).stream().anyMatch(grantees::contains);
    }

    /** By name; PUBLIC is empty. */
    private static Set<String> grantees(Change change) {
        return change.command().list("grantees").stream()
                .map(role -> role.text("rolename"))
                .collect(Collectors.toSet());
    }

    /** Whether a later statement of the script gives another name to something that this one names. */
    private static boolean isRenamedLater(Change change, Draft draft) {
        Set<String> names = Placement.names(change.statement().sql());
        return draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start() && s.node().is("RenameStmt"))
                .anyMatch(s -> names.contains(s.node().text("subname"))
                        || names.contains(s.node().get("relation").text("relname")));
    }

    /** GRANT … TO … [WITH GRANT OPTION] as REVOKE … FROM …. */
    private static String opposite(Change change) {
        String sql = change.statement().sql();
        List<Tokens.Token> tokens = Tokens.of(sql);
        Tokens.Token to = last(sql, "to");
        int end = tokens.stream()
                .filter(t -> t.start() > to.end() && (t.isWord("with") || t.isWord("granted")))
                .findFirst()
                .map(Tokens.Token::start)
                .orElse(sql.length());
        return "REVOKE" + sql.substring(tokens.get(0).end(), to.start()) + "FROM" + sql.substring(to.end(), end);
    }

    /** What the grantees had on the relations named. */
    private static List<String> grantsBefore(Change change, Draft draft) {
        Set<String> grantees = grantees(change);
        List<String> statements = new ArrayList<>();
        for (Node object : change.command().list("objects")) {
            Optional<String> schema = Optional.of(object.text("schemaname")).filter(s -> !s.isEmpty());
            String name = object.text("relname");
            Optional<Table> table = draft.catalog().resolveTable(schema, name);
            Optional<View> view = draft.catalog().resolveView(schema, name);
            Optional<QualifiedName> relation = table.map(Table::name).or(() -> view.map(View::name));
            List<Grant> grants =
                    table.map(Table::grants).or(() -> view.map(View::grants)).orElse(List.of());
            for (Grant g : grants) {
                if (relation.isPresent() && grantees.contains(g.grantee())) {
                    statements.add(
                            "GRANT " + g.privilege() + " ON " + relation.get().quoted() + " TO "
                                    + (g.grantee().isEmpty() ? "PUBLIC" : Identifier.quote(g.grantee()))
                                    + (g.grantable() ? " WITH GRANT OPTION" : ""));
                }
            }
            for (Column column : table.map(Table::columns).orElse(List.of())) {
                List<Grant> theirs = column.grants().stream()
                        .filter(g -> grantees.contains(g.grantee()))
                        .toList();
                statements.addAll(ColumnGrants.statements(table.orElseThrow(), column, theirs));
            }
            if (relation.isEmpty() && !change.command().flag("is_grant")) {
                draft.note(
                        Note.Level.WARNING,
                        change.source(),
                        "down does not give these rights back: only those on tables and views are remembered");
            }
        }
        return statements;
    }

    private static void options(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        List<String> back = new ArrayList<>();
        for (Node option : change.command().get("def").list("items")) {
            String name =
                    (option.has("defnamespace") ? option.text("defnamespace") + "." : "") + option.text("defname");
            Optional<String> before = table.table().options().stream()
                    .filter(o -> o.startsWith(name + "="))
                    .findFirst();
            back.add("ALTER TABLE " + table.name().quoted()
                    + before.map(o -> " SET (" + o + ")").orElse(" RESET (" + name + ")"));
        }
        brief(change, draft, table, "options", "ALTER TABLE " + table.name().quoted() + " " + change.text(), back);
    }

    private static void statistics(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String column = change.command().text("name");
        if (column.isEmpty() || table.before(column).isEmpty()) {
            throw draft.refuse(
                    change,
                    "missing-column",
                    "the statistics target is about a column that this migration adds, or that does not exist",
                    "Set it in a later migration.");
        }
        String alter = "ALTER TABLE " + table.name().quoted() + " ";
        String target = table.before(column)
                .get()
                .statisticsTarget()
                .map(Object::toString)
                .orElse("-1");
        if (table.waitsForSwap(column)) {
            draft.add(
                    change,
                    Slot.AFTER_SWAP,
                    draft.step(change, "statistics " + column, Placement.words(change))
                            .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                            .brief(Step.Purpose.DDL, alter + change.text()));
            return;
        }
        brief(
                change,
                draft,
                table,
                "statistics",
                alter + change.text(),
                List.of(alter + "ALTER COLUMN " + Identifier.quote(column) + " SET STATISTICS " + target));
    }

    private static void brief(
            Change change, Draft draft, TableDraft table, String slug, String sql, List<String> back) {
        draft.add(
                change,
                Slot.CREATE,
                draft.step(change, slug + " " + table.name().name(), Placement.words(change))
                        .because("changes only the catalog; no statement notices")
                        .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                        .undo(draft.step(
                                        change,
                                        slug + "-back " + table.name().name(),
                                        "take back: " + Placement.words(change))
                                .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, back))
                        .brief(Step.Purpose.DDL, sql));
    }

    /** SELECT pg_catalog.set_config(…), as pg_dump writes it: settings end with the step, so it would do nothing. */
    private static boolean setting(Change change, Draft draft) {
        List<Node> targets = change.command().list("targetList");
        if (targets.size() != 1 || !change.command().list("fromClause").isEmpty()) {
            return false;
        }
        List<String> function = targets.get(0).get("val").strings("funcname");
        if (function.isEmpty() || !ObjectNames.last(function).equals("set_config")) {
            return false;
        }
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "set_config is left out: every step runs with the settings of the plan (search_path: "
                        + String.join(", ", draft.catalog().searchPath()) + ")");
        return true;
    }

    private static Tokens.Token last(String sql, String word) {
        List<Tokens.Token> found = Tokens.of(sql).stream()
                .filter(t -> t.depth() == 0 && t.isWord(word))
                .toList();
        return found.get(found.size() - 1);
    }
}
