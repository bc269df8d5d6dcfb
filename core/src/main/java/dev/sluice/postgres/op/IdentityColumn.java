package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Sequence;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Identities;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ADD GENERATED … AS IDENTITY, SET GENERATED, options of its sequence, DROP IDENTITY on an existing column. */
final class IdentityColumn implements Operation {

    @Override
    public String id() {
        return "identity";
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_AddIdentity")
                && !change.kind().equals("AT_SetIdentity")
                && !change.kind().equals("AT_DropIdentity")) {
            return false;
        }
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        Column column = table.before(name)
                .filter(c -> c.name().equals(name) && !table.waitsForSwap(name))
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "column \"" + name + "\" of " + table.name()
                                + " does not exist before this migration, or gets its final form only at its end",
                        "Check the name, or do it in a later migration."));
        if (change.kind().equals("AT_AddIdentity")) {
            add(change, draft, table, column);
        } else if (column.isIdentity()) {
            Sequence sequence =
                    column.ownedSequence().flatMap(draft.catalog()::sequence).orElseThrow();
            if (change.kind().equals("AT_SetIdentity")) {
                set(change, draft, table, column, sequence);
            } else {
                drop(change, draft, table, column, sequence);
            }
        } else if (change.command().flag("missing_ok")) {
            draft.note(Note.Level.INFO, change.source(), column.name() + " is no identity column: nothing to do");
        } else {
            throw draft.refuse(
                    change,
                    "missing-column",
                    "column " + column.name() + " of " + table.name() + " is no identity column",
                    "Check the name.");
        }
        return true;
    }

    private static void add(Change change, Draft draft, TableDraft table, Column column) {
        if (!column.notNull() || column.defaultExpression().isPresent() || column.isIdentity()) {
            throw draft.refuse(
                    change,
                    "add-identity",
                    "PostgreSQL makes an identity only of a column that is NOT NULL, without a default, before this migration",
                    "A serial column serves as well. To replace it: SET NOT NULL and DROP DEFAULT in a migration before,"
                            + " when every version writes the column itself.");
        }
        boolean always = change.command().get("def").text("generated_when").equals("a");
        String text = always ? change.text().replaceFirst("(?i)\\bALWAYS\\b", "BY DEFAULT") : change.text();
        brief(
                change,
                draft,
                Slot.CREATE,
                table,
                "additive: who gives the column a value goes on doing so",
                alter(table) + text,
                List.of(alter(table) + column(column) + " DROP IDENTITY IF EXISTS"));
        if (always) {
            generated(change, draft, Slot.AFTER_SWAP, table, column, "ALWAYS", "BY DEFAULT");
        }
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "the numbers of " + table.name() + "." + column.name()
                        + " start as its sequence does, whatever is in the"
                        + " table: where they could meet, move it on with SELECT setval(…)");
    }

    private static void set(Change change, Draft draft, TableDraft table, Column column, Sequence sequence) {
        boolean sequenceToo = change.command().get("def").list("items").stream()
                .anyMatch(o -> !o.text("defname").equals("generated"));
        Optional<String> generated = change.command().get("def").list("items").stream()
                .filter(o -> o.text("defname").equals("generated"))
                .map(o -> o.get("arg").number("ival") == 'a' ? "ALWAYS" : "BY DEFAULT")
                .findFirst();
        if (!sequenceToo) {
            generated.ifPresent(g -> generated(
                    change, draft, g.equals("ALWAYS") ? Slot.AFTER_SWAP : Slot.CREATE, table, column, g, word(column)));
            return;
        }
        List<String> undo = new ArrayList<>();
        generated.ifPresent(g -> undo.add(alter(table) + column(column) + " SET GENERATED " + word(column)));
        undo.add("ALTER SEQUENCE " + sequence.name().quoted() + AlterSequence.definition(sequence));
        brief(
                change,
                draft,
                Slot.AFTER_SWAP,
                table,
                "the old version may rely on the numbers as they are",
                alter(table) + change.text(),
                undo);
    }

    /** Until contract the old version may leave the column out, and the new one may give it a value. */
    private static void drop(Change change, Draft draft, TableDraft table, Column column, Sequence sequence) {
        if (column.identity() == Column.Identity.ALWAYS) {
            generated(change, draft, Slot.CREATE, table, column, "BY DEFAULT", "ALWAYS");
        }
        List<String> undo = new ArrayList<>(Identities.add(table.table(), column, sequence, "BY DEFAULT"));
        sequence.comment()
                .ifPresent(c ->
                        undo.add("COMMENT ON SEQUENCE " + sequence.name().quoted() + " IS " + Identifier.literal(c)));
        sequence.grants().stream()
                .filter(g -> !g.grantee().equals(sequence.owner()))
                .forEach(g -> undo.add("GRANT " + g.privilege() + " ON SEQUENCE "
                        + sequence.name().quoted() + Privileges.to(g)));
        String drop = alter(table) + column(column) + " DROP IDENTITY IF EXISTS";
        brief(change, draft, Slot.AFTER_SWAP, table, "the old version relies on it", drop, undo);
        if (column.identity() != Column.Identity.ALWAYS) {
            return;
        }
        draft.note(
                Note.Level.INFO,
                change.source(),
                "from expand on the column takes values as well, so that the new version can give them");
    }

    private static void generated(
            Change change, Draft draft, Slot slot, TableDraft table, Column column, String after, String before) {
        String set = alter(table) + column(column) + " SET GENERATED ";
        brief(
                change,
                draft,
                slot,
                table,
                after.equals("ALWAYS")
                        ? "the old version may give the column values of its own"
                        : "relaxing: what the old version writes stays valid",
                set + after,
                List.of(set + before));
    }

    private static String alter(TableDraft table) {
        return "ALTER TABLE " + table.name().quoted() + " ";
    }

    private static String column(Column column) {
        return "ALTER COLUMN " + Identifier.quote(column.name());
    }

    private static String word(Column column) {
        return column.identity() == Column.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT";
    }

    private static void brief(
            Change change, Draft draft, Slot slot, TableDraft table, String why, String sql, List<String> undo) {
        String title = Placement.words(change);
        draft.add(
                change,
                slot,
                draft.step(change, "identity " + table.name().name(), title)
                        .because(why)
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "identity-back " + table.name().name(), "take back: " + title)
                                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, undo))
                        .brief(Step.Purpose.DDL, sql));
    }
}
