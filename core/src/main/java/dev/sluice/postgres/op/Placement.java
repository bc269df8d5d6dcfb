package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a statement goes that names things: behind what makes them what the script expects. It looks at every name in the
 * text, bodies of functions included; a name too many only defers the statement.
 */
final class Placement {

    private Placement() {}

    /** {@code normally}, or later when the statement names something that is not there by then. */
    static Slot of(Change change, Draft draft, Slot normally) {
        Set<String> names = names(change.statement().sql());
        Slot slot = normally;
        for (String name : names) {
            slot = Slot.later(slot, draft.waitsFor(name).orElse(slot));
        }
        boolean allColumns = !change.statement().node().all("A_Star").isEmpty();
        ScriptBefore before = ScriptBefore.of(draft, change);
        if (names.stream().anyMatch(before::drops)) {
            slot = Slot.later(slot, Slot.AFTER_SWAP);
        }
        for (QualifiedName table : draft.catalog().tables().keySet()) {
            // until the swap a renamed table has its old name, and the new one is that of a view that goes with it
            if (draft.findTable(table)
                    .flatMap(TableDraft::newName)
                    .filter(renamed -> names.contains(renamed.after().name()))
                    .isPresent()) {
                slot = Slot.later(slot, Slot.AFTER_SWAP);
            }
            Optional<TableDraft> found = names.contains(table.name()) ? draft.findTable(table) : Optional.empty();
            if (found.isPresent()) {
                slot = Slot.later(slot, ofColumns(found.get(), names));
                slot = allColumns ? Slot.later(slot, ofAllColumns(found.get())) : slot;
            }
        }
        return slot;
    }

    private static Slot ofAllColumns(TableDraft table) {
        return !table.renamed().isEmpty()
                ? Slot.AFTER_SWAP
                : table.added().isEmpty() ? Slot.CREATE : Slot.AFTER_BACKFILL;
    }

    /** Whether the script, before or after, changes the type of a column of one of these names: what it has may be copied. */
    static boolean changesType(Draft draft, Set<String> columns) {
        return draft.request().up().statements().stream()
                .filter(s -> s.node().is("AlterTableStmt"))
                .flatMap(s -> s.node().list("cmds").stream())
                .anyMatch(command ->
                        command.text("subtype").equals("AT_AlterColumnType") && columns.contains(command.text("name")));
    }

    /** Remembers that a thing gets its final form only in this slot. */
    static void remember(Draft draft, Slot slot, String name) {
        if (slot.compareTo(Slot.CREATE) > 0) {
            draft.mark(new Mark.WaitsFor(slot, name));
        }
    }

    private static Slot ofColumns(TableDraft table, Set<String> names) {
        if (table.renamed().stream().anyMatch(r -> names.contains(r.after()))
                || table.retyped().stream().anyMatch(r -> names.contains(r.column()))) {
            return Slot.AFTER_SWAP;
        }
        return table.added().keySet().stream().anyMatch(names::contains) ? Slot.AFTER_BACKFILL : Slot.CREATE;
    }

    static Set<String> names(String sql) {
        Set<String> names = new HashSet<>();
        for (Tokens.Token token : Tokens.of(sql)) {
            switch (token.kind()) {
                case WORD, QUOTED -> names.add(token.identifier());
                case STRING -> body(token.text()).ifPresent(body -> names.addAll(names(body)));
                default -> {}
            }
        }
        return names;
    }

    /** What stands in a dollar-quoted string. */
    private static Optional<String> body(String text) {
        int tag = text.startsWith("$") ? text.indexOf('$', 1) + 1 : 0;
        return tag > 0 && text.length() >= 2 * tag
                ? Optional.of(text.substring(tag, text.length() - tag))
                : Optional.empty();
    }

    /** The first words of a statement, for titles. */
    static String words(Change change) {
        String line = change.text().replaceAll("\\s+", " ");
        return line.length() > 70 ? line.substring(0, 70) + "…" : line;
    }

    static String quoted(QualifiedName name) {
        return name.schema().isEmpty() ? Identifier.quote(name.name()) : name.quoted();
    }
}
