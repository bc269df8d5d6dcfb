package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.FiringMode;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.Trigger;
import dev.sluice.plan.Note;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the catalog does not protect: names inside function bodies, triggers that sort last, subscribers. */
final class ColumnWarnings {

    private final Draft draft;
    private final TableDraft changes;
    private final Table table;
    private final List<Link> links;

    ColumnWarnings(Draft draft, TableDraft changes, List<Link> links) {
        this.draft = requireNonNull(draft);
        this.changes = requireNonNull(changes);
        this.table = changes.table();
        this.links = List.copyOf(links);
    }

    void add() {
        Map<String, Change> vanishing = new LinkedHashMap<>(changes.dropped());
        changes.renamed().forEach(rename -> vanishing.put(rename.before(), rename.change()));
        vanishing.forEach(this::functionsThatName);
        if (!links.isEmpty()) {
            requireLastTrigger();
        }
        changes.addedInOrder().forEach(this::lookedUpOnce);
        changes.renamed().forEach(this::tellOfTriggers);
        tellOfDefaults();
        tellOfPlaces();
        tellOfWholeRows();
        boolean adds = !changes.added().isEmpty() || !links.isEmpty();
        if (adds && !draft.catalog().publicationsOf(table.name()).isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    changes.firstSource().orElseThrow(),
                    table.name() + " is published ("
                            + draft.catalog().publicationsOf(table.name()).stream()
                                    .map(p -> p.name())
                                    .collect(Collectors.joining(", "))
                            + "): give its subscribers the new columns first, or their apply worker stops");
        }
    }

    /** String bodies are not in pg_depend; they fail when they are next called. */
    private void functionsThatName(String column, Change change) {
        for (Routine routine : draft.catalog().functions()) {
            Set<String> words = CompiledFunctions.words(routine);
            if (words.contains(column) && words.contains(table.name().name())) {
                draft.note(
                        Note.Level.WARNING,
                        change.source(),
                        "function " + routine.signature() + " names "
                                + table.name().name() + " and " + column
                                + " in its body: it fails after contract unless it is replaced before");
            }
        }
    }

    private void tellOfDefaults() {
        Links shared = new Links(draft, changes);
        for (TableDraft.Renamed rename : changes.renamed()) {
            boolean has = table.column(rename.before())
                    .orElseThrow()
                    .defaultExpression()
                    .isPresent();
            if (has && shared.sharedDefault(rename).isEmpty()) {
                tellOfDefault(rename.after(), rename.change());
            }
        }
        for (AddedColumn column : changes.addedInOrder()) {
            if (column.fill().isPresent() && column.defaultExpression().isPresent()) {
                tellOfDefault(column.name(), column.change());
            }
        }
    }

    private void tellOfDefault(String column, Change change) {
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "until contract " + column + " has no default of its own: UPDATE … SET " + column
                        + " = DEFAULT gives it NULL, and fails where it is NOT NULL");
    }

    private void tellOfTriggers(TableDraft.Renamed rename) {
        WidenedTriggers widened = new WidenedTriggers(draft, changes);
        for (Trigger trigger : table.triggers()) {
            if (!trigger.updateColumns().contains(rename.before()) || trigger.firing() == FiringMode.DISABLED) {
                continue;
            }
            String of = "trigger " + trigger.name() + " (UPDATE OF " + rename.before() + ")";
            if (widened.widens(trigger)) {
                draft.note(
                        Note.Level.INFO,
                        rename.change().source(),
                        "until contract " + of + " fires for updates of " + rename.after() + ", too");
            } else {
                draft.note(
                        Note.Level.WARNING,
                        rename.change().source(),
                        "until contract " + of + " does not fire when the new version updates " + rename.after());
            }
        }
    }

    /** What is archived stays where it was, and a copy stands at the end: those who count columns find others. */
    private void tellOfPlaces() {
        List<String> retyped =
                changes.retyped().stream().map(TableDraft.Retyped::column).toList();
        List<String> order = table.userColumns().stream().map(Column::name).toList();
        Set<String> dropped = changes.dropped().keySet();
        int kept = order.size();
        while (kept > 0 && dropped.contains(order.get(kept - 1))) {
            kept--;
        }
        List<String> archived = Stream.concat(
                        order.subList(0, kept).stream().filter(dropped::contains), retyped.stream())
                .toList();
        if (!archived.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    changes.firstSource().orElseThrow(),
                    "an INSERT or COPY without a list of columns counts wrong: until purge the archived "
                            + String.join(", ", archived) + " keeps its place in "
                            + table.name().name()
                            + (retyped.isEmpty()
                                    ? ""
                                    : ", and from contract on " + String.join(", ", retyped) + " stands at the end"));
        }
    }

    /** An audit that writes down the whole row writes down what is hidden from the applications, too. */
    private void tellOfWholeRows() {
        List<String> columns = Stream.of(
                        changes.renamed().stream().map(TableDraft.Renamed::before),
                        changes.retyped().stream().map(TableDraft.Retyped::column),
                        changes.dropped().keySet().stream())
                .flatMap(names -> names)
                .toList();
        Set<QualifiedName> functions =
                table.triggers().stream().map(Trigger::function).collect(Collectors.toSet());
        String whole = draft.catalog().functions().stream()
                .filter(f -> functions.contains(f.name()) && CompiledFunctions.usesWholeRow(f))
                .map(Routine::signature)
                .collect(Collectors.joining(", "));
        if (!columns.isEmpty() && !whole.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    changes.firstSource().orElseThrow(),
                    "trigger function " + whole
                            + " uses NEW or OLD as a whole: until purge it finds the columns there, too,"
                            + " that Sluice adds or keeps for " + String.join(", ", columns));
        }
    }

    /** Rows that have no match yet are looked up again before contract; those that have one are not. */
    private void lookedUpOnce(AddedColumn column) {
        column.fill()
                .filter(AddedColumn.Fill::lookup)
                .ifPresent(fill -> draft.note(
                        Note.Level.WARNING,
                        fill.change().source(),
                        "the new column " + column.name() + " is looked up in " + lookedUpIn(fill)
                                + " when its row is filled or written: what the old version changes there afterwards does"
                                + " not come into it. Contract looks once more for rows without a value, and fills those"
                                + " that the new version gave NULL, too"));
    }

    private String lookedUpIn(AddedColumn.Fill fill) {
        return fill.expression().tree().all("RangeVar").stream()
                .map(relation -> draft.findTable(relation)
                        .map(other -> other.name().toString())
                        .orElseGet(() -> relation.text("relname")))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Ours must see what the user's BEFORE triggers change. */
    private void requireLastTrigger() {
        for (Trigger trigger : table.triggers()) {
            if (trigger.timing() == Trigger.Timing.BEFORE
                    && trigger.forEachRow()
                    && trigger.name().compareTo("~sluice") >= 0) {
                throw draft.refuse(
                        changes.firstChange().orElseThrow(),
                        "trigger-sorts-last",
                        "trigger " + trigger.name() + " of " + table.name()
                                + " fires after Sluice's dual write, which would not see what it changes",
                        "Give the trigger a name that sorts before \"~\".");
            }
        }
    }
}
