package dev.sluice.postgres.op;

import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** RENAME of whatever is not a table or a part of one: in contract, the old version uses the name. */
final class RenameObject implements Operation {

    private static final Map<String, String> RELATIONS = Map.of(
            "OBJECT_SEQUENCE", "SEQUENCE",
            "OBJECT_VIEW", "VIEW",
            "OBJECT_MATVIEW", "MATERIALIZED VIEW");

    @Override
    public String id() {
        return "rename-object";
    }

    @Override
    public About about() {
        return About.of("Rename a view, sequence, type, function, schema, …", """
                        `ALTER VIEW | MATERIALIZED VIEW | SEQUENCE | TYPE | DOMAIN | FUNCTION | PROCEDURE | AGGREGATE |
                        SCHEMA | COLLATION | CONVERSION | TEXT SEARCH CONFIGURATION | TEXT SEARCH DICTIONARY | FOREIGN
                        TABLE | SERVER | PUBLICATION | … RENAME TO`
                        """)
                .contract("""
                        All of it, since the old version uses the old name until it is gone. The plan warns that the new
                        version finds the new name only after contract.
                        """)
                .undo("The name it had.")
                .locks("On the thing itself, for the catalog change only.")
                .limits("""
                        For both names at once, create a second view or function in one migration and drop the first in
                        a later one. A schema is renamed in a migration of its own, and only when `sluice purge` has
                        dropped what earlier migrations keep in it.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        if (!change.kind().equals("RenameStmt")) {
            return false;
        }
        String type = node.text("renameType");
        String newWord = RELATIONS.getOrDefault(type, "");
        if (!newWord.isEmpty() && draft.isNew(change.relation())) {
            renameNew(change, draft, newWord);
            return true;
        }
        Optional<NamedObject> found = type.equals("OBJECT_SCHEMA")
                ? NamedObject.schema(draft.catalog(), node.text("subname"))
                : NamedObject.find(draft, type, change.relation(), node.get("object"));
        if (found.isEmpty() && type.equals("OBJECT_TYPE")) {
            RecreateEnum.incomplete(change, draft).ifPresent(refused -> {
                throw refused;
            });
        }
        if (found.isEmpty() || found.get().word().equals("TABLE")) {
            return false;
        }
        NamedObject object = found.get();
        if (object.word().equals("SCHEMA")) {
            WholeSchema.requireAlone(change, draft, object.name().name());
        }
        QualifiedName after = object.name().withName(node.text("newname"));
        boolean isRelation =
                Set.of("VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE").contains(object.word());
        if (isRelation
                && (draft.catalog().table(after).isPresent()
                        || draft.catalog().view(after).isPresent()
                        || draft.catalog().sequence(after).isPresent())) {
            throw draft.refuse(
                    change, "duplicate-relation", "relation " + after + " exists already", "Choose another name.");
        }
        BriefChange.last(
                change,
                draft,
                Optional.empty(),
                "ALTER " + object.sql() + " RENAME TO " + Identifier.quote(after.name()),
                List.of("ALTER " + object.as(after) + " RENAME TO "
                        + Identifier.quote(object.name().name())));
        Placement.remember(draft, Slot.AFTER_SWAP, after.name());
        if (Set.of("PUBLICATION", "EVENT TRIGGER", "STATISTICS", "LANGUAGE", "FOREIGN DATA WRAPPER")
                .contains(object.word())) {
            return true;
        }
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "the new version finds " + after + " only after contract: until then it has to use " + object.name()
                        + ". For both names at once, create " + after.name()
                        + " now and drop the old one in a later migration.");
        return true;
    }

    /** One of this migration: nobody uses it yet, but the way back looks for it under the name it was made with. */
    private static void renameNew(Change change, Draft draft, String word) {
        QualifiedName before = draft.nameToCreate(change.relation());
        QualifiedName after = before.withName(change.command().text("newname"));
        draft.created(after);
        BriefChange.additive(
                change,
                draft,
                Optional.empty(),
                change.statement().sql(),
                List.of("ALTER " + word + " IF EXISTS " + after.quoted() + " RENAME TO "
                        + Identifier.quote(before.name())));
    }
}
