package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TypeRef;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.CompiledFunctions;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Expression;
import dev.sluice.planner.PlainRetyping;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change of a column's type that may be done, and the two ways to do it.
 *
 * @param column as it was before the migration
 * @param clause what the statement says
 * @param kind what that means to the rows, and to both versions
 */
record RetypedColumn(Change change, Draft draft, TableDraft table, Column column, TypeClause clause, TypeChange kind) {

    /** PostgreSQL rounds what it stores in a column of these types. */
    private static final Set<String> ROUNDED = Set.of(
            "int2", "int4", "int8", "numeric", "float4", "timestamp", "timestamptz", "time", "timetz", "interval");

    RetypedColumn {
        requireNonNull(change);
        requireNonNull(draft);
        requireNonNull(table);
        requireNonNull(column);
        requireNonNull(clause);
        requireNonNull(kind);
    }

    /** By the statement itself: nothing is rewritten, or little. */
    void asWritten() {
        String what = table.name().name() + "." + column.name();
        if (!SafeForms.isSmall(table.table())) {
            MadeAndGone.requireNotReferred(change, draft, table, column);
            requireNoIndexOfPartitions();
        }
        TableDraft.Retyped retyped = new TableDraft.Retyped(
                column.name(),
                clause.type(),
                draft.expression(clause.using()
                        .map(using -> ColumnState.beforeSwap(draft, table, using))
                        .orElse(Identifier.quote(column.name()))),
                back(),
                kind.lossless(),
                change);
        Slot slot = kind.lossless() ? Slot.CREATE : Slot.SWAP;
        if (kind.lossless()) {
            table.retypeAsWritten(column.name(), clause.type());
        }
        StepSpec spec = draft.step(change, "type " + what, "make " + what + " " + clause.type())
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
        PlainRetyping.peers(draft.catalog(), table.table(), column.name())
                .forEach(peer -> spec.lock(peer, LockMode.ACCESS_EXCLUSIVE));
        draft.add(
                change,
                slot,
                spec.because(
                                !kind.rewrite()
                                        ? "PostgreSQL changes only the catalog: "
                                                + column.type().formatted() + " fits " + clause.type() + " as it is"
                                        : SafeForms.rows(table.table()) + ": rewriting them takes milliseconds")
                        .undo(PlainRetyping.undo(draft, table, retyped))
                        .brief(Step.Purpose.DDL, statements()));
        if (kind.lossless()
                && ROUNDED.contains(column.type().name().name())
                && column.type().formatted().contains("(")) {
            draft.note(
                    Note.Level.INFO,
                    change.source(),
                    "what the old version writes to " + what + " is rounded to "
                            + column.type().formatted() + " no longer, as soon as the type changes");
        }
        if (!kind.lossless()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    what + " changes its type in contract, which fails when a value does not fit");
        }
    }

    private List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add("ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(column.name())
                + " TYPE " + clause.type()
                + clause.using()
                        .map(using -> " USING " + ColumnState.beforeSwap(draft, table, using))
                        .orElse(""));
        statements.addAll(CompiledFunctions.anew(draft.catalog(), table.table(), List.of(column.name())));
        return statements;
    }

    /** The way back copies the column, and cannot copy an index of a partitioned table without stopping writers. */
    private void requireNoIndexOfPartitions() {
        Table table = this.table.table();
        boolean indexed = table.indexes().stream().anyMatch(i -> draft.catalog().uses(table, i, column.name()));
        boolean key = table.foreignKeys().stream().anyMatch(k -> k.columns().contains(column.name()));
        if (table.kind() == Table.Kind.PARTITIONED && (indexed || key)) {
            throw draft.refuse(
                    change,
                    "change-type-rewrite",
                    table.name() + " is partitioned, and " + column.name()
                            + " has an index or a foreign key: forward this is"
                            + " a change of the catalog, but the way back would make these anew while writers wait",
                    "Drop the index or the key in a migration before this one, and make it again in one after it.");
        }
    }

    /** By a second column that takes its place in contract. */
    void copied() {
        if (table.table().kind() != Table.Kind.ORDINARY
                || !table.table().inheritedBy().isEmpty()) {
            throw draft.refuse(
                    change,
                    "change-type-rewrite",
                    "changing " + table.name() + "." + column.name()
                            + " rewrites a partitioned table or one with children" + " under ACCESS EXCLUSIVE ("
                            + SafeForms.rows(table.table()) + ")",
                    "Add a column with a new name, fill it with an UPDATE, drop the old one.");
        }
        if (column.isGenerated()) {
            throw draft.refuse(
                    change,
                    "change-type-rewrite",
                    "a generated column cannot be kept in step with a second one",
                    "Drop it and add it again in a migration of its own.");
        }
        MadeAndGone.requireCopied(change, draft, table, column);
        boolean defaultBefore = ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("AT_ColumnDefault"))
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .anyMatch(c -> c.command().text("name").equals(column.name()));
        if (defaultBefore) {
            throw draft.refuse(
                    change,
                    "change-type-after-default",
                    "the script changes the default of " + column.name()
                            + " first, and then its type, for which a second column takes the default that was there",
                    "Write the statement about the default after this one.");
        }
        Expression using = draft.expression(clause.using()
                .orElse(SafeForms.converted(Identifier.quote(column.name()), clause.typeWithoutCollation())));
        table.retype(new TableDraft.Retyped(column.name(), clause.type(), using, back(), kind.lossless(), change));
        boolean cast = column.type().category() == TypeRef.Category.ENUM || kind.isIncompatible();
        boolean rounds =
                kind.lossless() && ROUNDED.contains(column.type().name().name());
        draft.note(
                cast || rounds ? Note.Level.WARNING : Note.Level.INFO,
                change.source(),
                "until contract " + table.name().name() + "." + column.name() + " stays "
                        + column.type().formatted()
                        + " for both versions"
                        + (kind.lossless()
                                ? "; values that only " + clause.type() + " can hold "
                                        + (rounds ? "fail, or the new version finds them rounded," : "fail")
                                        + " until then"
                                : "")
                        + (cast ? "; until then the new version has to cast what it writes to it" : ""));
    }

    /** How the down script makes the old value: its ALTER … TYPE … USING. */
    private Optional<Expression> back() {
        if (draft.request().down().isEmpty()) {
            return Optional.empty();
        }
        for (Statement statement : draft.request().down().get().statements()) {
            if (!statement.node().is("AlterTableStmt")
                    || !statement
                            .node()
                            .get("relation")
                            .text("relname")
                            .equals(table.name().name())) {
                continue;
            }
            for (Change line : Change.of(statement)) {
                if (line.kind().equals("AT_AlterColumnType")
                        && line.command().text("name").equals(column.name())) {
                    return TypeClause.of(line).using().map(draft::expression);
                }
            }
        }
        return Optional.empty();
    }
}
