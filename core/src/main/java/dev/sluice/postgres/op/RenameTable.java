package dev.sluice.postgres.op;

import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * ALTER TABLE … RENAME TO. The table keeps its old name until contract, so that the old version is untouched; the new
 * version uses an updatable view.
 */
final class RenameTable implements Operation {

    @Override
    public String id() {
        return "rename-table";
    }

    @Override
    public About about() {
        return About.of("Rename a table", "`ALTER TABLE … RENAME TO`")
                .expand("""
                        The table keeps its old name. An updatable view has the new name, with the same grants and
                        `security_invoker` where the server has it: the old version notices nothing.
                        """)
                .contract("The view is dropped and the table renamed, in one short transaction.")
                .undo("The view is dropped, or the table renamed back.")
                .locks("`ACCESS EXCLUSIVE`, for the catalog change only, in contract.")
                .limits("""
                        What works on tables and not on views (`TRUNCATE`, `COPY` into it, foreign keys to it) works
                        under the new name only after contract.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("RenameStmt")
                || !change.command().text("renameType").equals("OBJECT_TABLE")) {
            return false;
        }
        if (draft.isNew(change.relation())) {
            renameNew(change, draft);
            return true;
        }
        TableDraft table = draft.table(change);
        QualifiedName before = table.name();
        QualifiedName after = before.withName(change.command().text("newname"));
        if (draft.catalog().table(after).isPresent()
                || draft.catalog().view(after).isPresent()
                || draft.isNew(after)) {
            throw draft.refuse(
                    change,
                    "duplicate-relation",
                    "relation " + after + " exists already",
                    "Choose another name, or drop that relation in an earlier migration.");
        }
        if (table.table().rowSecurity() && draft.catalog().majorVersion() < 15) {
            throw draft.refuse(
                    change,
                    "view-bypasses-row-security",
                    before + " has row level security, which a view passes by before PostgreSQL 15",
                    "Rename in a maintenance window, or upgrade to PostgreSQL 15.");
        }
        if (table.newName().isPresent()) {
            throw draft.refuse(
                    change,
                    "rename-twice",
                    "the script renames " + before + " twice",
                    "Rename it once, to its last name.");
        }
        table.rename(new TableDraft.TableRenamed(after, change));
        draft.tableRenamed(before, after);
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "until contract " + after.name() + " is a view for the new version: ON CONFLICT ON CONSTRAINT, COPY,"
                        + " TRUNCATE and MERGE (before PostgreSQL 17) do not work on it");
        return true;
    }

    /** A table of this migration: nobody uses it yet, but the way back looks for it under the name it was made with. */
    private static void renameNew(Change change, Draft draft) {
        QualifiedName before = draft.nameToCreate(change.relation());
        QualifiedName after = before.withName(change.command().text("newname"));
        draft.created(after);
        BriefChange.additive(
                change,
                draft,
                Optional.empty(),
                change.statement().sql(),
                List.of("ALTER TABLE IF EXISTS " + after.quoted() + " RENAME TO " + Identifier.quote(before.name())));
    }
}
