package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.FiringMode;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.Trigger;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Triggers for {@code UPDATE OF} a column that has two names while both versions run: until contract they fire for either, since
 * PostgreSQL looks at the columns that the statement sets, not at those that the dual write changes.
 *
 * <p>Not so a trigger BEFORE each row, which fires before the dual write and would find the old value; and not those that
 * {@code CREATE OR REPLACE TRIGGER} does not take, or would set to another firing mode.
 */
final class WidenedTriggers {

    private final Draft draft;
    private final TableDraft changes;

    WidenedTriggers(Draft draft, TableDraft changes) {
        this.draft = requireNonNull(draft);
        this.changes = requireNonNull(changes);
    }

    /** Whether this trigger fires for every name of its columns. */
    boolean widens(Trigger trigger) {
        return changes.table().kind() == Table.Kind.ORDINARY
                && !(trigger.timing() == Trigger.Timing.BEFORE && trigger.forEachRow())
                && !trigger.constraint()
                && !trigger.cloned()
                && trigger.firing() == FiringMode.ORIGIN
                && draft.request().up().statements().stream()
                        .flatMap(statement -> Tokens.of(statement.sql()).stream())
                        .filter(token -> token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED)
                        .noneMatch(token -> token.identifier().equals(trigger.name()))
                && changes.retyped().stream()
                        .noneMatch(r -> trigger.updateColumns().contains(r.column()));
    }

    List<String> widen() {
        return replaced(true);
    }

    /** As they were; the columns have their old names. */
    List<String> narrow() {
        return replaced(false);
    }

    private List<String> replaced(boolean wide) {
        List<String> statements = new ArrayList<>();
        for (Trigger trigger : changes.table().triggers()) {
            List<TableDraft.Renamed> renamed = changes.renamed().stream()
                    .filter(rename -> trigger.updateColumns().contains(rename.before()))
                    .toList();
            if (!renamed.isEmpty() && widens(trigger)) {
                String sql = trigger.definition().replaceFirst("^CREATE TRIGGER", "CREATE OR REPLACE TRIGGER");
                statements.add(IfExists.of(isThere(trigger, renamed), List.of(wide ? with(sql, renamed) : sql)));
            }
        }
        return statements;
    }

    /** Somebody may have dropped it meanwhile; and on a way back from behind the swap it is as it was. */
    private String isThere(Trigger trigger, List<TableDraft.Renamed> renamed) {
        String query = "SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = "
                + Identifier.literal(changes.name().quoted()) + "::pg_catalog.regclass AND tgname = "
                + Identifier.literal(trigger.name());
        return renamed.stream()
                .map(rename -> " AND EXISTS (" + IfExists.column(changes.name(), rename.before()) + ")")
                .collect(Collectors.joining("", query, ""));
    }

    /** The list of columns ends where ON begins. */
    private static String with(String sql, List<TableDraft.Renamed> renamed) {
        Tokens.Token on = Tokens.of(sql).stream()
                .dropWhile(token -> !token.isWord("of"))
                .filter(token -> token.isWord("on"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no list of columns in " + sql));
        String more = renamed.stream()
                .map(rename -> ", " + Identifier.quote(rename.after()))
                .collect(Collectors.joining());
        return sql.substring(0, on.start()).stripTrailing() + more + " " + sql.substring(on.start());
    }
}
