package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.UserType;
import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;

/**
 * ALTER TYPE … ADD, DROP, ALTER, RENAME ATTRIBUTE: in contract, since whoever builds or takes apart a value of the type
 * has to know its attributes; where columns hold such values, only when a directive allows it.
 */
final class TypeAttributes implements Operation {

    @Override
    public String id() {
        return "type-attributes";
    }

    @Override
    public About about() {
        return About.of(
                        "Change the attributes of a composite type",
                        "`ALTER TYPE … ADD | DROP | ALTER | RENAME ATTRIBUTE`")
                .contract("""
                        As written: whoever builds a value of the type has to know its attributes.
                        """)
                .undo("The attribute as it was; for ADD, DROP.")
                .locks("None on tables.")
                .limits("""
                        Where columns hold values of the type, ADD and RENAME need `-- sluice:allow
                        alter-type-attribute`; DROP and ALTER are refused, as down could not bring the values back. DROP
                        takes the last attribute only. No CASCADE.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        boolean rename =
                change.kind().equals("RenameStmt") && node.text("renameType").equals("OBJECT_ATTRIBUTE");
        boolean alter = change.statement().node().is("AlterTableStmt")
                && change.statement().node().text("objtype").equals("OBJECT_TYPE")
                && List.of("AT_AddColumn", "AT_DropColumn", "AT_AlterColumnType")
                        .contains(change.kind());
        if (!rename && !alter) {
            return false;
        }
        Node relation = change.relation();
        UserType type = draft.catalog()
                .resolveType(
                        Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty()), relation.text("relname"))
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-relation",
                        "type \"" + relation.text("relname") + "\" does not exist before this migration",
                        "Check the name; say all of a new type in CREATE TYPE."));
        requireNobodyHolds(change, draft, type);
        String start = "ALTER TYPE " + type.name().quoted() + " ";
        String sql = rename ? change.statement().sql() : start + change.text();
        BriefChange.last(change, draft, Optional.empty(), sql, List.of(start + back(change, draft, type)));
        Placement.remember(draft, Slot.AFTER_SWAP, type.name().name());
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "until contract the new version has to use " + type.name() + " as it is");
        return true;
    }

    private static void requireNobodyHolds(Change change, Draft draft, UserType type) {
        List<TypeUses.Use> uses = TypeUses.of(draft.catalog(), type.name()).columns();
        if (change.command().text("behavior").equals("DROP_CASCADE")) {
            throw draft.refuse(
                    change, "alter-type-attribute", "CASCADE changes tables made of the type, unseen", "Leave it out.");
        }
        if (uses.isEmpty()) {
            return;
        }
        String held = uses.get(0).table().name() + "."
                + Identifier.quote(uses.get(0).column().name());
        String reason = "values of " + type.name() + " are in " + held
                + ": both versions of the application are bound to its attributes";
        String advice = "Make a type of another name with CREATE TYPE, and a column of it.";
        boolean losesValues =
                change.kind().equals("AT_DropColumn") || change.kind().equals("AT_AlterColumnType");
        if (losesValues) {
            throw draft.refuse(
                    change, "alter-type-attribute", reason + ", and down could not bring the values back", advice);
        }
        draft.refuseUnlessAllowed(change, "alter-type-attribute", reason, advice);
        if (change.kind().equals("AT_AddColumn")) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "down after contract drops the attribute, with what the new version wrote into it");
        }
    }

    private static String back(Change change, Draft draft, UserType type) {
        Node node = change.command();
        if (change.kind().equals("RenameStmt")) {
            return "RENAME ATTRIBUTE " + Identifier.quote(node.text("newname")) + " TO "
                    + Identifier.quote(node.text("subname"));
        }
        if (change.kind().equals("AT_AddColumn")) {
            return "DROP ATTRIBUTE IF EXISTS "
                    + Identifier.quote(node.get("def").text("colname"));
        }
        String name = node.text("name");
        Column attribute = type.attributes().stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "attribute \"" + name + "\" of " + type.name() + " does not exist before this migration",
                        "Check the name."));
        if (change.kind().equals("AT_AlterColumnType")) {
            return "ALTER ATTRIBUTE " + Identifier.quote(name) + " TYPE " + type(attribute);
        }
        boolean last = type.attributes().get(type.attributes().size() - 1).equals(attribute);
        if (!last) {
            throw draft.refuse(
                    change,
                    "alter-type-attribute",
                    "down could only add " + name + " again as the last attribute of " + type.name(),
                    "Make a type of another name with CREATE TYPE.");
        }
        return "ADD ATTRIBUTE " + Identifier.quote(name) + " " + type(attribute);
    }

    private static String type(Column attribute) {
        return attribute.type().formatted()
                + attribute.collation().map(c -> " COLLATE " + c.quoted()).orElse("");
    }
}
