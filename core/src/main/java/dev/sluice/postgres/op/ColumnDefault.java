package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Optional;

/** ALTER COLUMN … SET DEFAULT (additive: expand) and DROP DEFAULT (the old version may rely on it: contract). */
final class ColumnDefault implements Operation {

    @Override
    public String id() {
        return "column-default";
    }

    @Override
    public About about() {
        return About.of("Change a default", "`ALTER COLUMN … SET DEFAULT`, `… DROP DEFAULT`")
                .expand("SET: as written.")
                .contract("""
                        DROP: the old version may rely on the default. SET on a column that the script adds with another
                        default: until then the rows of the old version get the first one, as the existing rows do.
                        """)
                .undo("The default that was there, as the catalog had it.")
                .locks("""
                        `ACCESS EXCLUSIVE`, for the catalog change only. Existing rows are not touched by PostgreSQL
                        either.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_ColumnDefault")) {
            return false;
        }
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        Optional<String> expression = expression(change);
        Optional<AddedColumn> added = table.added(name);
        if (added.isPresent()) {
            onNewColumn(change, draft, table, added.get(), expression);
            return true;
        }
        Column column = table.before(name)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "column \"" + name + "\" does not exist in table " + table.name(),
                        "Check the name."));
        Optional<Change> later = saidLater(change, draft, table, name);
        if (later.isPresent()) {
            draft.note(
                    Note.Level.INFO,
                    change.source(),
                    "left out: line " + later.get().source().line() + " says what the default of " + name + " is");
            return true;
        }
        boolean waits = table.waitsForSwap(name);
        boolean needed = expression.isEmpty() || replacesNumbers(table, column, expression.get());
        if (needed && expression.isPresent()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the new default of " + name + " waits for contract: the old version needs the distinct values of "
                            + column.defaultExpression().orElse("its identity"));
        }
        if (waits && expression.isPresent()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the new default of " + name
                            + " waits for contract, as does the column's new name or type: until then"
                            + " a row that leaves it out gets no other than the old one, and SET " + name
                            + " = DEFAULT gives NULL, where that may be");
        }
        Slot slot = waits ? Slot.AFTER_SWAP : needed ? Slot.SWAP : Slot.CREATE;
        draft.add(change, slot, step(change, draft, table, waits ? name : column.name(), column, expression));
        return true;
    }

    /** DROP DEFAULT comes in contract and SET DEFAULT in expand, whatever their order in the script: the last one counts. */
    private static Optional<Change> saidLater(Change change, Draft draft, TableDraft table, String column) {
        return draft.request().up().statements().stream()
                .flatMap(statement -> Change.of(statement).stream())
                .filter(c -> c.start() > change.start() && c.kind().equals("AT_ColumnDefault"))
                .filter(c -> c.command().text("name").equals(column))
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .findFirst();
    }

    /** Whether a sequence gives distinct values to a unique column, and the new default would not. */
    private static boolean replacesNumbers(TableDraft table, Column column, String expression) {
        return column.defaultExpression().filter(d -> d.contains("nextval(")).isPresent()
                && !expression.contains("nextval(")
                && table.table().indexes().stream()
                        .anyMatch(i -> i.unique() && i.keyColumns().contains(column.name()));
    }

    static Step step(
            Change change, Draft draft, TableDraft table, String name, Column before, Optional<String> expression) {
        String alter = "ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(name);
        String what = table.name().name() + "." + name;
        String back =
                before.defaultExpression().map(d -> alter + " SET DEFAULT " + d).orElse(alter + " DROP DEFAULT");
        return draft.step(
                        change,
                        "default " + what,
                        expression.map(e -> "set the default of " + what).orElse("drop the default of " + what))
                .because(
                        expression.isPresent()
                                ? "changes only the catalog, for rows inserted from now on"
                                : "the old version may rely on the default until it is gone")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                .undo(draft.step(change, "default-back " + what, "give " + what + " its old default back")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .brief(Step.Purpose.DDL, back))
                .brief(
                        Step.Purpose.DDL,
                        expression.map(e -> alter + " SET DEFAULT " + e).orElse(alter + " DROP DEFAULT"));
    }

    /** On a column the same script adds, the existing rows keep the default of ADD COLUMN; later rows get this one. */
    private static void onNewColumn(
            Change change, Draft draft, TableDraft table, AddedColumn column, Optional<String> expression) {
        if (column.fill().isPresent() || draft.isFilledLater(table, column.name())) {
            table.put(column.withDefault(expression, column.definition()));
            return;
        }
        String alter = "ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(column.name());
        String what = table.name().name() + "." + column.name();
        boolean first = column.defaultExpression().isEmpty();
        if (expression.isPresent()) {
            draft.note(
                    first ? Note.Level.INFO : Note.Level.WARNING,
                    change.source(),
                    first
                            ? "rows that the old version inserts before contract get the default of " + what
                                    + " too: nothing tells them from the new version's"
                            : "the second default of " + what + " waits for contract: until then a row that leaves it"
                                    + " out gets the first one, as those of the old version must");
        }
        draft.add(
                change,
                expression.isPresent() && first ? Slot.CONSTRAIN : Slot.SWAP,
                draft.step(change, "default " + what, "set the default of " + what)
                        .because(
                                expression.isPresent() && first
                                        ? "changes only the catalog, for rows inserted from now on"
                                        : "writers that do not know the column need its default until contract")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "default-back " + what, "give " + what + " its old default back")
                                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                                .brief(
                                        Step.Purpose.DDL,
                                        column.defaultExpression()
                                                .map(d -> alter + " SET DEFAULT " + d)
                                                .orElse(alter + " DROP DEFAULT")))
                        .brief(
                                Step.Purpose.DDL,
                                List.of(expression
                                        .map(e -> alter + " SET DEFAULT " + e)
                                        .orElse(alter + " DROP DEFAULT"))));
    }

    /** ALTER [COLUMN] name SET DEFAULT expression. */
    static Optional<String> expression(Change change) {
        if (!change.command().has("def")) {
            return Optional.empty();
        }
        List<Tokens.Token> tokens = Tokens.of(change.text());
        for (Tokens.Token token : tokens) {
            if (token.isWord("default") && token.depth() == 0) {
                return Optional.of(change.text().substring(token.end()).strip());
            }
        }
        return Optional.empty();
    }
}
