package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Note;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * The backward expressions that a down script gives: its {@code UPDATE … SET old = expression over new columns}, or the default
 * with which it adds a column.
 */
final class DownScript {

    private final Draft draft;
    private final TableDraft changes;

    DownScript(Draft draft, TableDraft changes) {
        this.draft = requireNonNull(draft);
        this.changes = requireNonNull(changes);
    }

    /** How an old column is made of the new row; empty when the script does not say. */
    Optional<AddedColumn.Fill> fill(String oldColumn) {
        if (draft.request().down().isEmpty()) {
            return Optional.empty();
        }
        for (Statement statement : draft.request().down().get().statements()) {
            if (!statement.node().is("UpdateStmt") || !isTable(statement.node().get("relation"))) {
                continue;
            }
            Optional<UpdateParts> update = UpdateParts.of(statement);
            if (update.isPresent() && update.get().assignments().containsKey(oldColumn)) {
                Change change = Change.of(statement).get(0);
                try {
                    Map<String, AddedColumn.Fill> fills = new FillExpressions(draft, change, update.get(), this::type)
                            .all(c -> FillExpressions.ROW + "." + Identifier.quote(c), c -> Optional.empty());
                    return Optional.ofNullable(fills.get(oldColumn));
                } catch (ChangeRefused e) {
                    cannotBeFollowed(change, oldColumn, e.refusal().reason());
                    return Optional.empty();
                }
            }
        }
        return added(oldColumn);
    }

    /** The down script gives every row its default; empty when that would be NULL, or could fail. */
    private Optional<AddedColumn.Fill> added(String oldColumn) {
        return draft.request().down().stream()
                .flatMap(script -> script.statements().stream())
                .flatMap(statement -> Change.of(statement).stream())
                .filter(change -> change.kind().equals("AT_AddColumn") && isTable(change.relation()))
                .filter(change -> change.command().get("def").text("colname").equals(oldColumn))
                .flatMap(change -> ColumnDefinition.of(change).defaultExpression().stream()
                        .filter(value -> isAlwaysThere(draft.expression(value)))
                        .map(value -> FillExpressions.assigned(draft, value, type(oldColumn)))
                        .map(value -> new AddedColumn.Fill(draft.expression(value), change, false)))
                .findFirst();
    }

    private Optional<String> type(String oldColumn) {
        return changes.table().column(oldColumn).map(changes::type);
    }

    private boolean isAlwaysThere(Expression value) {
        ExpressionFacts facts = new ExpressionFacts(value, draft.catalog());
        return facts.isTotal() && facts.isNeverNull(column -> false);
    }

    /** Then it is as if the script did not say: the old values come back from the archive. */
    private void cannotBeFollowed(Change change, String oldColumn, String reason) {
        String text = "the down script's UPDATE of " + changes.name() + "." + oldColumn
                + " cannot be followed row by row (" + reason
                + "): rows that the new version writes get no value there,"
                + " rows that it leaves alone keep theirs";
        if (draft.notes().stream().noneMatch(note -> note.text().equals(text))) {
            draft.note(Note.Level.WARNING, change.source(), text);
        }
    }

    private boolean isTable(Node relation) {
        String relname = relation.text("relname");
        return relname.equals(changes.name().name())
                || changes.newName().map(n -> n.after().name().equals(relname)).orElse(false);
    }
}
