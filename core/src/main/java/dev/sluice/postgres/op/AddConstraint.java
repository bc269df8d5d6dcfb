package dev.sluice.postgres.op;

import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.List;

/** ALTER TABLE … ADD [CONSTRAINT name] CHECK, FOREIGN KEY, UNIQUE, PRIMARY KEY, EXCLUDE: see {@link Constraints}. */
final class AddConstraint implements Operation {

    @Override
    public String id() {
        return "add-constraint";
    }

    @Override
    public About about() {
        return About.of("Add a constraint", "`ADD CHECK`, `ADD FOREIGN KEY`, `ADD UNIQUE`, `ADD PRIMARY KEY`")
                .contract("""
                        All of it, since it restricts old writers. First a look for rows that violate it: number,
                        samples and the query are reported, and nothing is changed if there are any.

                        *CHECK, FOREIGN KEY:* added `NOT VALID` under a short lock, then validated while readers and
                        writers go on. `NOT VALID` in the script stays that way.

                        *UNIQUE, PRIMARY KEY:* a unique index is built concurrently under the final name, then `ADD
                        CONSTRAINT … USING INDEX`; a primary key's columns become NOT NULL in the safe way before, see
                        [not-null](not-null.md). On a partitioned table: the index of each partition concurrently, then
                        in one short transaction the constraint `ON ONLY` the parents and those of the partitions,
                        attached.
                        """)
                .undo("`DROP CONSTRAINT`.")
                .locks("""
                        `ACCESS EXCLUSIVE` (foreign keys: `SHARE ROW EXCLUSIVE` on both tables) for the catalog change
                        only; validation takes `SHARE UPDATE EXCLUSIVE`.
                        """)
                .limits("""
                        Refused: a key of a partitioned table one of whose partitions has such a key already, and from
                        PostgreSQL 18 a primary key of a partitioned table (the NOT NULL of its partitions would become
                        their own). `EXCLUDE`, and keys `WITHOUT OVERLAPS` (PostgreSQL 18), have no safe form in
                        PostgreSQL: on tables of 10,000 rows or more they are refused unless allowed.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_AddConstraint")) {
            return false;
        }
        if (draft.isNew(change.relation())) {
            // all others of new tables run as written
            LaterKey.of(change).add(change, draft, draft.nameToCreate(change.relation()));
            return true;
        }
        TableDraft table = draft.table(change);
        Node constraint = change.command().get("def");
        String name = constraint.text("conname");
        ScriptBefore before = ScriptBefore.of(draft, change);
        boolean exists = table.table()
                .constraint(name)
                .filter(there -> !before.frees(name) && !before.dropsColumnOf(table.name(), there))
                .isPresent();
        if (exists) {
            throw draft.refuse(
                    change,
                    "duplicate-constraint",
                    "constraint \"" + name + "\" of table " + table.name() + " exists already",
                    "Give it another name, or drop the old one first.");
        }
        Constraints.addTo(change, draft, table, constraint, definition(change.text()), List.of());
        return true;
    }

    /** What follows ADD [CONSTRAINT name]. */
    private static String definition(String action) {
        List<Tokens.Token> tokens = Tokens.of(action);
        int at = tokens.get(1).isWord("constraint") ? 3 : 1;
        return action.substring(tokens.get(at).start());
    }
}
