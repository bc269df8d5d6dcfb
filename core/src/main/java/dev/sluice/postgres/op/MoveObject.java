package dev.sluice.postgres.op;

import dev.sluice.catalog.Schema;
import dev.sluice.plan.Note;
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

/** OWNER TO and SET SCHEMA of tables, views, sequences, types, functions; OWNER TO of schemas. In contract. */
final class MoveObject implements Operation {

    @Override
    public String id() {
        return "move-object";
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
                node.text("objectType").equals("OBJECT_SCHEMA")
                        ? ownerOfSchema(change, draft, node.get("object").string())
                        : NamedObject.find(draft, node.text("objectType"), node.get("relation"), node.get("object"))
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
        requireAlone(change, draft, object);
        BriefChange.last(
                change,
                draft,
                Optional.of(object.name()),
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
        return owner(change, draft, Optional.of(object.name()), alter, object.owner());
    }

    private static boolean ownerOfSchema(Change change, Draft draft, String name) {
        Optional<Schema> schema = draft.catalog().schemas().stream()
                .filter(s -> s.name().equals(name))
                .findFirst();
        return schema.isPresent()
                && owner(
                        change,
                        draft,
                        Optional.empty(),
                        "ALTER SCHEMA " + Identifier.quote(name) + " OWNER TO ",
                        schema.get().owner());
    }

    private static boolean owner(
            Change change, Draft draft, Optional<QualifiedName> locked, String alter, String before) {
        Node role = change.command().get("newowner");
        String after = switch (role.text("roletype")) {
            case "ROLESPEC_CURRENT_USER", "ROLESPEC_CURRENT_ROLE" -> "CURRENT_USER";
            case "ROLESPEC_SESSION_USER" -> "SESSION_USER";
            default -> Identifier.quote(role.text("rolename"));
        };
        BriefChange.last(change, draft, locked, alter + after, List.of(alter + Identifier.quote(before)));
        return true;
    }
}
