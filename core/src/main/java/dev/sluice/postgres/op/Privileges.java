package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.DefaultPrivileges;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.ColumnGrants;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * GRANT (expand) and REVOKE (contract) in all forms, ALTER DEFAULT PRIVILEGES likewise. Undone by taking from the roles
 * named what the statement gave, and giving them what the catalog says they had.
 */
final class Privileges implements Operation {

    @Override
    public String id() {
        return "privileges";
    }

    @Override
    public About about() {
        return About.of("Give and take rights", "`GRANT`, `REVOKE`, `ALTER DEFAULT PRIVILEGES`")
                .expand("GRANT.")
                .contract("REVOKE: the old version may need the right until it is gone.")
                .undo("""
                        The rights that the roles named had before, on tables, columns, views, sequences, functions,
                        types, schemas, and by default; `ALL … IN SCHEMA` thing by thing.
                        """)
                .locks("None on tables.")
                .limits("""
                        On other things (databases, languages, foreign servers, parameters) down takes back what GRANT
                        gave and does not know what there was; the plan warns. So it does of rights that go by CASCADE.
                        Membership in roles is refused: it is the server's.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        switch (change.kind()) {
            case "GrantStmt" -> onObjects(change, draft);
            case "AlterDefaultPrivilegesStmt" -> byDefault(change, draft);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void onObjects(Change change, Draft draft) {
        Node grant = change.command();
        List<NamedObject> objects = objects(draft, grant);
        Set<String> grantees = grantees(grant);
        warn(change, draft, objects, grantees);
        add(change, draft, grant.flag("is_grant"), slot -> {
            List<String> undo = new ArrayList<>();
            if (grant.flag("is_grant")) {
                undo.add(opposite(change));
            }
            for (NamedObject object : objects) {
                undo.addAll(statements(object, grantees));
                draft.catalog().table(object.name()).stream()
                        .filter(t -> !object.word().equals("SEQUENCE"))
                        .forEach(table -> undo.addAll(onColumns(draft, slot, table, grantees, columns(grant))));
            }
            return undo;
        });
    }

    private static void add(Change change, Draft draft, boolean grants, Function<Slot, List<String>> undo) {
        Slot slot = Placement.of(
                change, draft, grants ? Slot.CREATE : isRenamedLater(change, draft) ? Slot.PREPARE : Slot.AFTER_SWAP);
        draft.add(
                change,
                slot,
                step(
                        change,
                        draft,
                        grants
                                ? "additive: nobody loses a right"
                                : "the old version may need the right until it is gone",
                        undo.apply(slot)));
        Set<String> grantees = grantees(said(change));
        boolean revoked = ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals(change.kind()) && !said(c).flag("is_grant"))
                .anyMatch(c -> grantees(said(c)).stream().anyMatch(grantees::contains));
        boolean copied =
                Placement.changesType(draft, Placement.names(change.statement().sql()));
        if (grants && (revoked || copied) && slot.phase() == Phase.EXPAND) {
            String again = revoked
                    ? "once more, after the REVOKE before it in the script"
                    : "once more, for the column in the place of the old one";
            draft.add(Slot.AFTER_SWAP, step(change, draft, again, undo.apply(Slot.AFTER_SWAP)));
        }
    }

    private static Step step(Change change, Draft draft, String why, List<String> undo) {
        return draft.step(change, "grant", Placement.words(change))
                .because(why)
                .undo(draft.step(change, "grant-back", "take back: " + Placement.words(change))
                        .brief(Step.Purpose.DDL, undo))
                .brief(Step.Purpose.DDL, change.statement().sql());
    }

    /** The GRANT or REVOKE in it. */
    private static Node said(Change change) {
        return change.kind().equals("GrantStmt")
                ? change.command()
                : change.command().get("action");
    }

    /** Whether a later statement of the script gives another name to something that this one names. */
    private static boolean isRenamedLater(Change change, Draft draft) {
        Set<String> names = Placement.names(change.statement().sql());
        return draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start() && s.node().is("RenameStmt"))
                .anyMatch(s -> names.contains(s.node().text("subname"))
                        || names.contains(s.node().get("relation").text("relname")));
    }

    private static void warn(Change change, Draft draft, List<NamedObject> objects, Set<String> grantees) {
        boolean all = change.command().text("targtype").equals("ACL_TARGET_ALL_IN_SCHEMA");
        boolean known = all || !objects.isEmpty() && objects.stream().allMatch(NamedObject::knowsGrants);
        boolean named = change.command().list("objects").stream()
                .anyMatch(o -> !o.text("relname").isEmpty());
        if (!known && !named) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "down does not know which of these rights there were before: Sluice reads those on tables, views,"
                            + " sequences, functions, types and schemas");
        }
        boolean cascades = change.command().text("behavior").equals("DROP_CASCADE")
                && objects.stream().flatMap(o -> o.grants().stream()).anyMatch(g -> grantees.contains(g.grantor()));
        if (cascades) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "CASCADE also takes the rights that these roles gave to others; down does not give those back");
        }
    }

    /** What the statement is about, as far as it was there before. */
    private static List<NamedObject> objects(Draft draft, Node grant) {
        String type = grant.text("objtype");
        if (!grant.text("targtype").equals("ACL_TARGET_ALL_IN_SCHEMA")) {
            return grant.list("objects").stream()
                    .flatMap(o -> NamedObject.find(draft, type, o, o).stream())
                    .toList();
        }
        Set<String> schemas = grant.list("objects").stream().map(Node::string).collect(Collectors.toSet());
        Catalog catalog = draft.catalog();
        Stream<NamedObject> all = switch (type) {
            case "OBJECT_TABLE" ->
                Stream.concat(
                        catalog.tables().values().stream().map(NamedObject::of),
                        catalog.views().values().stream().map(NamedObject::of));
            case "OBJECT_SEQUENCE" -> catalog.sequences().values().stream().map(NamedObject::of);
            default ->
                catalog.functions().stream()
                        .filter(f -> isMeant(type, f.kind()))
                        .map(NamedObject::of);
        };
        return all.filter(o -> schemas.contains(o.name().schema())).toList();
    }

    private static boolean isMeant(String type, Routine.Kind kind) {
        return type.equals("OBJECT_ROUTINE") || type.equals("OBJECT_PROCEDURE") == (kind == Routine.Kind.PROCEDURE);
    }

    private static Set<String> grantees(Node grant) {
        return grant.list("grantees").stream().map(r -> r.text("rolename")).collect(Collectors.toSet());
    }

    /** What of their rights on the object is not their own as owner. */
    private static List<String> statements(NamedObject object, Set<String> grantees) {
        // TABLE is the word for views as well, ROUTINE for aggregates and procedures
        String word = switch (object.word()) {
            case "TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW" -> "";
            case "FUNCTION", "AGGREGATE", "PROCEDURE" -> "ROUTINE ";
            default -> object.word() + " ";
        };
        String arguments = object.arguments().equals("(*)") ? "()" : object.arguments();
        return object.grants().stream()
                .filter(g -> grantees.contains(g.grantee()))
                .map(g ->
                        "GRANT " + g.privilege() + " ON " + word + object.name().quoted() + arguments + to(g))
                .toList();
    }

    /** Those that the statement is about; all when it is about the table. */
    private static Predicate<String> columns(Node grant) {
        List<List<String>> named = grant.list("privileges").stream()
                .map(privilege -> privilege.strings("cols"))
                .toList();
        return named.isEmpty() || named.stream().anyMatch(List::isEmpty)
                ? column -> true
                : column -> named.stream().anyMatch(columns -> columns.contains(column));
    }

    private static List<String> onColumns(
            Draft draft, Slot slot, Table table, Set<String> grantees, Predicate<String> which) {
        List<String> statements = new ArrayList<>();
        for (Column column :
                table.columns().stream().filter(c -> which.test(c.name())).toList()) {
            List<Grant> theirs = column.grants().stream()
                    .filter(g -> grantees.contains(g.grantee()))
                    .toList();
            String name = slot == Slot.AFTER_SWAP ? afterSwap(draft, table, column.name()) : column.name();
            statements.addAll(ColumnGrants.statements(table, name, theirs));
        }
        return statements;
    }

    /** The way back from behind the swap finds archived columns, and renamed ones under their new names. */
    private static String afterSwap(Draft draft, Table table, String column) {
        if (draft.droppedByScript(table.name()).contains(column)) {
            return draft.archivedName(table, column);
        }
        return draft.findTable(table.name()).stream()
                .flatMap(changes -> changes.renamed().stream())
                .filter(renamed -> renamed.before().equals(column))
                .map(TableDraft.Renamed::after)
                .findFirst()
                .orElse(column);
    }

    static String to(Grant grant) {
        return " TO " + role(grant.grantee()) + (grant.grantable() ? " WITH GRANT OPTION" : "");
    }

    private static String role(String name) {
        return name.isEmpty() ? "PUBLIC" : Identifier.quote(name);
    }

    /** GRANT … TO … [WITH GRANT OPTION] as REVOKE … FROM …. */
    private static String opposite(Change change) {
        String sql = change.statement().sql();
        List<Tokens.Token> tokens = Tokens.of(sql);
        Tokens.Token to = Describe.last(sql, "to");
        int end = tokens.stream()
                .filter(t -> t.start() > to.end() && (t.isWord("with") || t.isWord("granted")))
                .findFirst()
                .map(Tokens.Token::start)
                .orElse(sql.length());
        return "REVOKE" + sql.substring(tokens.get(0).end(), to.start()) + "FROM" + sql.substring(to.end(), end);
    }

    /** Concerns only what is made later; undone by all that these roles had by default, for that kind of thing. */
    private static void byDefault(Change change, Draft draft) {
        Node action = change.command().get("action");
        String objects = switch (action.text("objtype")) {
            case "OBJECT_TABLE" -> "TABLES";
            case "OBJECT_SEQUENCE" -> "SEQUENCES";
            case "OBJECT_TYPE" -> "TYPES";
            case "OBJECT_SCHEMA" -> "SCHEMAS";
            case "OBJECT_LARGEOBJECT" -> "LARGE OBJECTS";
            default -> "FUNCTIONS";
        };
        List<String> schemas = options(change, "schemas").map(Node::string).toList();
        List<String> roles =
                options(change, "roles").map(r -> r.text("rolename")).toList();
        List<String> undo = new ArrayList<>();
        for (String role : roles.isEmpty() ? List.of(draft.catalog().currentUser()) : roles) {
            for (Optional<String> schema : schemas.isEmpty()
                    ? List.of(Optional.<String>empty())
                    : schemas.stream().map(Optional::of).toList()) {
                String alter = "ALTER DEFAULT PRIVILEGES FOR ROLE " + Identifier.quote(role)
                        + schema.map(s -> " IN SCHEMA " + Identifier.quote(s)).orElse("");
                undo.addAll(defaultsBefore(draft, alter, role, schema, objects, grantees(action)));
            }
        }
        add(change, draft, action.flag("is_grant"), slot -> undo);
    }

    private static Stream<Node> options(Change change, String name) {
        return change.command().list("options").stream()
                .filter(o -> o.text("defname").equals(name))
                .flatMap(o -> o.get("arg").list("items").stream());
    }

    private static List<String> defaultsBefore(
            Draft draft, String alter, String role, Optional<String> schema, String objects, Set<String> grantees) {
        Optional<DefaultPrivileges> before = draft.catalog().defaultPrivileges().stream()
                .filter(d -> d.role().equals(role)
                        && d.schema().equals(schema)
                        && d.objects().equals(objects))
                .findFirst();
        List<Grant> had = before.map(DefaultPrivileges::grants)
                .orElseGet(() -> schema.isPresent() ? List.of() : builtIn(role, objects));
        List<String> statements = new ArrayList<>();
        for (String grantee : grantees) {
            statements.add(alter + " REVOKE ALL ON " + objects + " FROM " + role(grantee));
            had.stream()
                    .filter(g -> g.grantee().equals(grantee))
                    .map(g -> alter + " GRANT " + g.privilege() + " ON " + objects + to(g))
                    .forEach(statements::add);
        }
        return statements;
    }

    /** What PostgreSQL gives the owner and PUBLIC unless told otherwise: {@code acldefault} in acl.c. */
    private static List<Grant> builtIn(String role, String objects) {
        Grant owners = new Grant(role, role, "ALL", false);
        return switch (objects) {
            case "FUNCTIONS" -> List.of(owners, new Grant(role, "", "EXECUTE", false));
            case "TYPES" -> List.of(owners, new Grant(role, "", "USAGE", false));
            default -> List.of(owners);
        };
    }
}
