package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Optional;

/** ADD COLUMN of a foreign table, in expand: its rows are elsewhere. Other changes are refused; its owner is {@link MoveObject}'s. */
final class ForeignTables implements Operation {

    @Override
    public String id() {
        return "foreign-table";
    }

    @Override
    public About about() {
        return About.of("Add a column to a foreign table", "`ALTER FOREIGN TABLE … ADD COLUMN`")
                .expand("As written: its rows are elsewhere.")
                .undo("`DROP COLUMN`.")
                .locks("""
                        `ACCESS EXCLUSIVE` on the foreign table, for the catalog change only; PostgreSQL has no LOCK
                        TABLE for it, so it is taken by the statement itself.
                        """)
                .limits("""
                        Other changes of a foreign table are refused. OWNER TO, SET SCHEMA and RENAME are planned as
                        those of other things.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        boolean alters = change.kind().startsWith("AT_") && !change.kind().equals("AT_ChangeOwner");
        Optional<Table> table = Optional.of(change)
                .filter(c -> alters)
                .flatMap(c -> draft.findTable(c.relation()))
                .map(t -> t.table())
                .filter(t -> t.kind() == Table.Kind.FOREIGN && !draft.isNew(change.relation()));
        if (table.isEmpty()) {
            return false;
        }
        String alter = "ALTER FOREIGN TABLE " + table.get().name().quoted() + " ";
        String column = change.command().get("def").text("colname");
        boolean adds = change.kind().equals("AT_AddColumn")
                && table.get().column(column).isEmpty()
                && !change.command().flag("missing_ok");
        if (!adds) {
            throw draft.refuse(
                    change,
                    "foreign-table",
                    table.get().name()
                            + " is a foreign table: what both versions see of it is the other server's affair",
                    "Make a foreign table of another name over the same rows, and drop this one later.");
        }
        BriefChange.additive(
                change,
                draft,
                Optional.empty(),
                alter + change.text(),
                List.of(alter + "DROP COLUMN IF EXISTS " + Identifier.quote(column)));
        return true;
    }
}
