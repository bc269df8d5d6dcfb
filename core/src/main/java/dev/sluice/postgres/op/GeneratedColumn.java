package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.ColumnDefinition;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Expression;
import dev.sluice.planner.ExpressionFacts;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Set;

/**
 * ADD COLUMN … GENERATED ALWAYS AS (expression): STORED columns are computed by a rewrite; VIRTUAL ones (PostgreSQL 18) only
 * change the catalog. The column holds on to those that it is computed from, under whatever name they have.
 */
record GeneratedColumn(Change change, Draft draft, TableDraft table, ColumnDefinition definition) {

    GeneratedColumn {
        requireNonNull(change);
        requireNonNull(draft);
        requireNonNull(table);
        requireNonNull(definition);
    }

    void add() {
        Node part = definition.part("CONSTR_GENERATED").orElseThrow().node();
        boolean virtual =
                part.text("generated_kind").equals("v") && draft.catalog().majorVersion() >= 18;
        if (!virtual) {
            AddColumn.requireSmall(
                    change,
                    draft,
                    table.table(),
                    "add-column-generated-stored",
                    "a STORED generated column makes PostgreSQL rewrite the table under ACCESS EXCLUSIVE",
                    "Add an ordinary column and fill it with an UPDATE, which Sluice keeps in step until contract.");
        }
        Set<String> sources = IndexDefinition.columnsOf(part.get("raw_expr"));
        ColumnState.require(draft, change, table, sources);
        requireOfOldType(sources);
        requireNull(part);
        table.addComputed(definition.name());
        String quoted = Identifier.quote(definition.name());
        String alter = "ALTER TABLE " + table.name().quoted();
        String what = table.name().name() + "." + definition.name();
        draft.add(
                change,
                sources.stream().anyMatch(table::isAdded) ? Slot.SETTLE : Slot.CREATE,
                draft.step(change, "add-generated " + what, "add generated column " + what)
                        .because(
                                virtual
                                        ? "a virtual column changes only the catalog"
                                        : AddColumn.rewriting(table.table()))
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "drop-generated " + what, "drop generated column " + what)
                                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, alter + " DROP COLUMN IF EXISTS " + quoted))
                        .brief(Step.Purpose.DDL, alter + " " + beforeSwap()));
    }

    /** Until contract the old version must be able to write whatever it writes. */
    private void requireNull(Node part) {
        boolean neverNull = new ExpressionFacts(
                        new Expression(change.text(), part.get("raw_expr"), List.of()), draft.catalog())
                .isNeverNull(
                        column -> table.before(column).filter(Column::notNull).isPresent());
        if (definition.isNotNull() && !neverNull) {
            throw draft.refuse(
                    change,
                    "generated-not-null",
                    "the new column is NOT NULL, and its expression may be NULL for what the old version writes",
                    "Leave NOT NULL out, and write ALTER COLUMN " + Identifier.quote(definition.name())
                            + " SET NOT NULL in a later migration.");
        }
    }

    /** A column whose type changes in contract gives its place to another one, or cannot change it under this one. */
    private void requireOfOldType(Set<String> sources) {
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("AT_AlterColumnType"))
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .filter(c -> sources.contains(c.command().text("name")))
                .findFirst()
                .ifPresent(retyped -> {
                    throw draft.refuse(
                            change,
                            "generated-from-changed-type",
                            "line " + retyped.source().line() + " changes the type of "
                                    + retyped.command().text("name") + ", from which this column is computed",
                            "Add this column in a later migration, after contract.");
                });
    }

    /** The statement over the columns as they are called until the swap. */
    private String beforeSwap() {
        String text = "ADD COLUMN " + definition.only("CONSTR_GENERATED", "CONSTR_NOTNULL", "CONSTR_NULL");
        List<Tokens.Token> tokens = Tokens.of(text);
        int generated = 0;
        while (!tokens.get(generated).isWord("generated")) {
            generated++;
        }
        int open = generated;
        while (!tokens.get(open).is("(")) {
            open++;
        }
        int close = open;
        while (!(tokens.get(close).is(")") && tokens.get(close).depth() == 0)) {
            close++;
        }
        String expression =
                text.substring(tokens.get(open).end(), tokens.get(close).start());
        return text.substring(0, tokens.get(open).end())
                + ColumnState.beforeSwap(draft, table, expression)
                + text.substring(tokens.get(close).start());
    }
}
