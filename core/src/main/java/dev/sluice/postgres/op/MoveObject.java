package dev.sluice.postgres.op;

import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mentions;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** OWNER TO and SET SCHEMA of whatever has an owner or a schema. In contract. */
final class MoveObject implements Operation {

    @Override
    public String id() {
        return "move-object";
    }

    @Override
    public About about() {
        return About.of("Change an owner or a schema", """
                        `ALTER … OWNER TO`, `ALTER … SET SCHEMA` of tables, views, materialized views, sequences, types,
                        domains, functions, procedures, aggregates, collations, conversions, text search configurations
                        and dictionaries, statistics, foreign tables; of extensions; OWNER TO of schemas, publications,
                        servers, foreign-data wrappers as well
                        """)
                .contract("""
                        All of it, since the old version may have its rights through the owner, and names the old
                        schema.
                        """)
                .undo("The owner or the schema it had.")
                .locks("`ACCESS EXCLUSIVE` on a table, for the catalog change only.")
                .limits("""
                        A table moves in a migration of its own. The new version finds a moved thing in its new schema
                        only after contract; the plan says so.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        return switch (change.kind()) {
            case "AlterObjectSchemaStmt" ->
                NamedObject.find(draft, node.text("objectType"), node.get("relation"), node.get("object"))
                        .map(object -> schema(change, draft, object, node.text("newschema")))
                        .orElse(false);
            case "AlterOwnerStmt" ->
                NamedObject.find(draft, node.text("objectType"), node.get("relation"), node.get("object"))
                        .map(object -> owner(change, draft, object))
                        .orElse(false);
            case "AT_ChangeOwner" ->
                NamedObject.find(draft, change.statement().node().text("objtype"), change.relation(), node)
                        .map(object -> owner(change, draft, object))
                        .orElse(false);
            default -> false;
        };
    }

    private static boolean schema(Change change, Draft draft, NamedObject object, String schema) {
        QualifiedName after = QualifiedName.of(schema, object.name().name());
        if (object.word().equals("EXTENSION")) {
            return extension(change, draft, object, schema);
        }
        requireAlone(change, draft, object);
        BriefChange.moved(
                change,
                draft,
                object.name(),
                after,
                "ALTER " + object.sql() + " SET SCHEMA " + Identifier.quote(schema),
                List.of("ALTER " + object.as(after) + " SET SCHEMA "
                        + Identifier.quote(object.name().schema())));
        Placement.remember(draft, Slot.AFTER_SWAP, after.name());
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "the new version finds " + after + " only after contract: until then it is " + object.name());
        return true;
    }

    /** Its members move; those that are not relocatable PostgreSQL refuses, before anything is changed. */
    private static boolean extension(Change change, Draft draft, NamedObject object, String schema) {
        String before = draft.catalog().extensions().stream()
                .filter(e -> e.name().equals(object.name().name()))
                .findFirst()
                .orElseThrow()
                .schema();
        String alter = "ALTER " + object.sql() + " SET SCHEMA ";
        BriefChange.last(
                change,
                draft,
                Optional.empty(),
                alter + Identifier.quote(schema),
                List.of(alter + Identifier.quote(before)));
        return true;
    }

    /** What else contract and purge do to a table they do under the name it had. */
    private static void requireAlone(Change change, Draft draft, NamedObject object) {
        boolean changed = draft.request().up().statements().stream()
                .filter(s -> s.start() != change.statement().start())
                .filter(s -> object.word().equals("TABLE"))
                .flatMap(s -> Mentions.of(s).stream())
                .anyMatch(n -> n.name().equals(object.name().name()));
        if (changed) {
            throw draft.refuse(
                    change,
                    "opaque-sql",
                    "the script names " + object.name() + " in other statements too",
                    "Move it to another schema in a migration of its own.");
        }
    }

    private static boolean owner(Change change, Draft draft, NamedObject object) {
        String alter = "ALTER " + object.sql() + " OWNER TO ";
        Node role = change.command().get("newowner");
        String after = switch (role.text("roletype")) {
            case "ROLESPEC_CURRENT_USER", "ROLESPEC_CURRENT_ROLE" -> "CURRENT_USER";
            case "ROLESPEC_SESSION_USER" -> "SESSION_USER";
            default -> Identifier.quote(role.text("rolename"));
        };
        BriefChange.last(
                change,
                draft,
                Optional.of(object.name()),
                alter + after,
                List.of(alter + Identifier.quote(object.owner())));
        return true;
    }
}
