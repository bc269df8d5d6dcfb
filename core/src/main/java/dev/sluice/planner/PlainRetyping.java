package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes back a change of type that ran as written: as written on a small table, by a copy on a large one. */
public final class PlainRetyping {

    private PlainRetyping() {}

    /** The other tables of foreign keys from or to the column: PostgreSQL makes these anew, under a lock on both ends. */
    public static Set<QualifiedName> peers(Catalog catalog, Table table, String column) {
        Set<QualifiedName> peers = new TreeSet<>();
        for (Constraint key : table.foreignKeys()) {
            if (key.columns().contains(column)) {
                peers.add(key.foreignKey().orElseThrow().table());
            }
        }
        for (Catalog.IncomingForeignKey incoming : catalog.foreignKeysTo(table.name())) {
            if (incoming.constraint().foreignKey().orElseThrow().columns().contains(column)) {
                peers.add(incoming.table().name());
            }
        }
        peers.remove(table.name());
        return peers;
    }

    public static List<Step> undo(Draft draft, TableDraft tableDraft, TableDraft.Retyped change) {
        Table table = tableDraft.table();
        if (!SafeForms.isSmall(table)) {
            TableDraft alone = new TableDraft(table);
            alone.retype(change);
            return new Retyping(draft, alone).copyBackFromPlain();
        }
        Column before = table.column(change.column()).orElseThrow();
        BackValue value = new BackValue(draft, table, change);
        String quoted = Identifier.quote(change.column());
        String what = table.name().name() + "." + change.column();
        Derived derived = value.derived(change.column());
        String old = derived.value("");
        String archived = Identifier.quote(value.archived());
        Optional<String> fresh = before.defaultExpression();
        String alterTable = "ALTER TABLE " + table.name().quoted();
        String alter = alterTable + " ALTER COLUMN " + quoted;
        String type = " TYPE " + ColumnTypes.sql(before) + " USING " + old;
        StepSpec restore = draft.step(
                        change.change(),
                        "type-back " + what,
                        "make " + what + " " + before.type().formatted() + " again")
                .because(SafeForms.rows(table) + ": rewriting them takes milliseconds")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
        peers(draft.catalog(), table, change.column()).forEach(peer -> restore.lock(peer, LockMode.ACCESS_EXCLUSIVE));
        List<String> statements = new ArrayList<>(derived.createStatements());
        fresh.ifPresent(expression -> statements.add(alter + " DROP DEFAULT"));
        // one statement for both columns: an UPDATE would fire triggers
        statements.add("DO "
                + DollarQuote.of("\n#variable_conflict use_column\nBEGIN\n  IF EXISTS (SELECT FROM "
                        + table.name().quoted() + " WHERE "
                        + value.lost(quoted, old) + ") THEN\n"
                        + "    " + alterTable + " ADD COLUMN " + archived + " " + change.type() + ";\n"
                        + "    " + alter + type + ", ALTER COLUMN " + archived + " TYPE " + change.type()
                        + " USING CASE WHEN " + value.lost(quoted, old) + " THEN " + quoted + " END;\n"
                        + "  ELSE\n    " + alter + type + ";\n  END IF;\nEND "));
        fresh.ifPresent(expression -> statements.add(alter + " SET DEFAULT " + expression));
        statements.addAll(anew(draft, table, change.column()));
        statements.addAll(derived.dropStatements());
        statements.addAll(CompiledFunctions.anew(draft.catalog(), table, Set.of(change.column())));
        List<Step> steps = new ArrayList<>();
        if (value.mustFit()) {
            steps.add(value.check());
        }
        steps.add(restore.brief(Step.Purpose.DDL, statements));
        steps.add(value.discard());
        return steps;
    }

    /**
     * What has an expression over the column is written as it was: PostgreSQL puts casts into it when the type changes, and
     * others when it changes back. Only what is there: the script may have dropped it.
     */
    private static List<String> anew(Draft draft, Table table, String column) {
        List<String> statements = new ArrayList<>();
        String on = table.name().quoted();
        for (Constraint check : table.constraints()) {
            if (check.kind() == Constraint.Kind.CHECK
                    && check.columns().contains(column)
                    && check.inheritedFrom() == 0) {
                String name = Identifier.quote(check.name());
                List<String> again = new ArrayList<>();
                again.add("ALTER TABLE " + on + " DROP CONSTRAINT " + name + ", ADD CONSTRAINT " + name + " "
                        + check.definition());
                check.comment()
                        .ifPresent(comment -> again.add(
                                "COMMENT ON CONSTRAINT " + name + " ON " + on + " IS " + Identifier.literal(comment)));
                statements.add(IfExists.of(
                        "SELECT FROM pg_catalog.pg_constraint WHERE conrelid = " + Identifier.literal(on)
                                + "::pg_catalog.regclass AND conname = " + Identifier.literal(check.name()),
                        again));
            }
        }
        table.indexes().stream()
                .filter(index -> index.hasExpressionKeys() || index.predicate().isPresent())
                .filter(index -> index.constraintName().isEmpty() && table.kind() == Table.Kind.ORDINARY)
                .filter(index -> draft.catalog().uses(table, index, column))
                .forEach(index -> statements.add(anew(table, index)));
        return statements;
    }

    private static String anew(Table table, Index index) {
        String name = index.name().quoted();
        List<String> again = new ArrayList<>();
        again.add("DROP INDEX " + name);
        again.add(index.definition());
        again.addAll(new IndexMarks(table, index).all());
        return IfExists.of(
                "SELECT FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(" + Identifier.literal(name) + ")",
                again);
    }
}
