package dev.sluice.postgres.op;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.FiringMode;
import dev.sluice.catalog.Rule;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.Trigger;
import dev.sluice.plan.Note;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.CompiledFunctions;
import dev.sluice.planner.Draft;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What triggers and rules make of a statement that changes rows. They come and go in contract, most such statements run in expand. */
final class RowEvents {

    /** Bits of a trigger's events, as the parser has them: {@code TRIGGER_TYPE_*} of catalog/pg_trigger.h. */
    private static final int INSERT = 4;

    private static final int DELETE = 8;
    private static final int UPDATE = 16;

    private static final Set<String> FIRING =
            Set.of("AT_EnableTrig", "AT_DisableTrig", "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig");

    private static final Set<String> FORCES = Set.of("AT_ForceRowSecurity", "AT_NoForceRowSecurity");

    private RowEvents() {}

    /** What happens to rows of the table; with ON CONFLICT and MERGE more than one thing. */
    private static Set<Trigger.Event> of(Change change) {
        return switch (change.kind()) {
            case "DeleteStmt" -> EnumSet.of(Trigger.Event.DELETE);
            case "UpdateStmt" -> EnumSet.of(Trigger.Event.UPDATE);
            case "InsertStmt" ->
                change.command().has("onConflictClause")
                        ? EnumSet.of(Trigger.Event.INSERT, Trigger.Event.UPDATE)
                        : EnumSet.of(Trigger.Event.INSERT);
            default -> EnumSet.of(Trigger.Event.INSERT, Trigger.Event.UPDATE, Trigger.Event.DELETE);
        };
    }

    /** Refuses a statement that would not meet the triggers and rules that it meets in a plain run. */
    static void requireAsInPlainRun(Change change, Draft draft, TableDraft table) {
        Set<QualifiedName> others = KeyActions.reached(draft.catalog(), table.name());
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> changed(c, draft)
                        .filter(t -> t.name().equals(table.name())
                                ? changesFiring(
                                        c,
                                        t,
                                        of(change),
                                        WholeChange.assigned(change).collect(Collectors.toSet()))
                                : others.contains(t.name())
                                        && changesFiring(c, t, EnumSet.allOf(Trigger.Event.class), Set.of()))
                        .isPresent())
                .findFirst()
                .ifPresent(earlier -> {
                    throw draft.refuse(
                            change,
                            "rows-behind-trigger",
                            "line " + earlier.source().line() + " changes which triggers or rules act when rows of "
                                    + changed(earlier, draft).orElseThrow().name()
                                    + " change; that waits for contract, so that this statement would not meet what it meets"
                                    + " in a plain run",
                            "Write this statement before line "
                                    + earlier.source().line() + ", or in a later migration.");
                });
    }

    /** Refuses a statement behind the fill of a new column, when triggers act on rows that are filled: that comes later. */
    static void requireNoFillBefore(Change change, Draft draft, TableDraft table) {
        for (AddedColumn column : table.addedInOrder()) {
            List<Trigger> acting = acting(table.table(), EnumSet.of(Trigger.Event.UPDATE), Set.of(column.name()));
            if (column.fill().isPresent() && !acting.isEmpty()) {
                Change fill = column.fill().orElseThrow().change();
                throw draft.refuse(
                        change,
                        "rows-behind-fill",
                        "line " + fill.source().line() + " fills the new column " + column.name()
                                + " when this statement has run, and trigger " + names(acting)
                                + " acts on the rows that are filled: they would not be those of a plain run",
                        "Write this statement before line " + fill.source().line() + ", or in a later migration.");
            }
        }
    }

    /** Deleted rows come back by INSERT … ON CONFLICT, which PostgreSQL refuses on a table with such rules. */
    static void requireNoRuleOfInsert(Change change, Draft draft, TableDraft table) {
        rules(table.table(), EnumSet.of(Trigger.Event.INSERT, Trigger.Event.UPDATE)).stream()
                .findFirst()
                .ifPresent(rule -> {
                    throw draft.refuse(
                            change,
                            "delete-with-rule",
                            "rule " + rule.name() + " of " + table.name() + " rewrites " + rule.event()
                                    + ": deleted rows could not be put back",
                            "Drop the rule in a migration before this one, and make it again in one after it.");
                });
    }

    /** What the way back does to those rows. */
    private static Set<Trigger.Event> backOf(Change change) {
        return of(change).stream()
                .map(event -> switch (event) {
                    case INSERT -> Trigger.Event.DELETE;
                    case DELETE -> Trigger.Event.INSERT;
                    case UPDATE, TRUNCATE -> event;
                })
                .collect(Collectors.toSet());
    }

    /** Says which triggers and rules act, on the way back, too: what they do is theirs. */
    static void tell(Change change, Draft draft, TableDraft table) {
        Set<String> assigned = WholeChange.assigned(change).collect(Collectors.toSet());
        List<Trigger> forth = acting(table.table(), of(change), assigned);
        List<Trigger> back = acting(table.table(), backOf(change), assigned);
        List<String> acting = words(forth, rules(table.table(), of(change)));
        if (!acting.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    String.join(", ", acting) + (acting.size() == 1 ? " acts" : " act")
                            + " on this statement, as in a plain run; what that does to other rows stays when it is taken"
                            + " back");
        }
        List<String> onlyBack = new ArrayList<>(words(back, rules(table.table(), backOf(change))));
        onlyBack.removeAll(acting);
        if (!onlyBack.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the way back fires " + String.join(", ", onlyBack)
                            + "; what that does to other rows stays when it is taken back");
        }
        Set<Trigger.Event> rewriting = EnumSet.of(Trigger.Event.INSERT, Trigger.Event.UPDATE);
        rewriting.retainAll(backOf(change));
        List<Trigger> changing = acting(table.table(), rewriting, assigned).stream()
                .filter(t -> t.timing() == Trigger.Timing.BEFORE && t.forEachRow())
                .toList();
        if (!changing.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "down does not put back what trigger " + names(changing)
                            + " changes in these rows, and fires it once more: an updated_at will show the time of down");
        }
    }

    /** Columns to which triggers give another value in the rows that the statement changes, as far as their text says it. */
    static Set<String> assignedByTriggers(Change change, Draft draft, Table table) {
        Set<String> assigned = WholeChange.assigned(change).collect(Collectors.toSet());
        return acting(table, of(change), assigned).stream()
                .filter(t -> t.timing() == Trigger.Timing.BEFORE && t.forEachRow())
                .flatMap(t -> draft.catalog().functions(t.function()).stream())
                .flatMap(f -> CompiledFunctions.assigned(f).stream())
                .collect(Collectors.toSet());
    }

    /** Rules that hold again only when the last row has changed, which no batch but one would see. */
    static List<Constraint> deferred(Table table, Set<String> columns) {
        return table.constraints().stream()
                .filter(c -> c.deferrable() && c.kind() != Constraint.Kind.FOREIGN_KEY)
                .filter(c -> !Collections.disjoint(c.columns(), columns))
                .toList();
    }

    private static List<Trigger> acting(Table table, Set<Trigger.Event> events, Set<String> assigned) {
        return table.triggers().stream()
                .filter(t -> isOn(t.firing()) && fires(t, events, assigned))
                .toList();
    }

    private static List<String> words(List<Trigger> triggers, List<Rule> rules) {
        return Stream.concat(
                        triggers.stream().map(t -> "trigger " + t.name()),
                        rules.stream().map(r -> "rule " + r.name()))
                .toList();
    }

    private static String names(List<Trigger> triggers) {
        return triggers.stream().map(Trigger::name).collect(Collectors.joining(", "));
    }

    /** Says which triggers act once for each batch, where a plain run has one statement. */
    static void tellOfBatches(Change change, Draft draft, TableDraft table) {
        List<Trigger> acting = perStatement(change, table.table());
        if (!acting.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "this runs in batches, and trigger " + names(acting)
                            + " (FOR EACH STATEMENT) acts once for each batch, where"
                            + " a plain run is one statement");
        }
    }

    /** Triggers that act once for the statement, however many rows it changes. */
    static List<Trigger> perStatement(Change change, Table table) {
        Set<String> assigned = WholeChange.assigned(change).collect(Collectors.toSet());
        return acting(table, of(change), assigned).stream()
                .filter(t -> !t.forEachRow())
                .toList();
    }

    /** Rules that rewrite the statement. */
    static List<Rule> rules(Change change, Table table) {
        return rules(table, of(change));
    }

    private static List<Rule> rules(Table table, Set<Trigger.Event> of) {
        Set<String> events = of.stream().map(Enum::name).collect(Collectors.toSet());
        return table.rules().stream()
                .filter(r -> isOn(r.firing()) && events.contains(r.event()))
                .toList();
    }

    private static boolean isOn(FiringMode mode) {
        return mode == FiringMode.ORIGIN || mode == FiringMode.ALWAYS;
    }

    /** The table of which a statement changes what fires. */
    private static Optional<Table> changed(Change change, Draft draft) {
        if (change.kind().equals("DropStmt")) {
            if (!Set.of("OBJECT_TRIGGER", "OBJECT_RULE")
                    .contains(change.command().text("removeType"))) {
                return Optional.empty();
            }
            List<String> parts = change.command().list("objects").get(0).strings("items");
            List<String> relation = parts.subList(0, parts.size() - 1);
            return draft.catalog().resolveTable(ObjectNames.schema(relation), ObjectNames.last(relation));
        }
        boolean says = FIRING.contains(change.kind())
                || FORCES.contains(change.kind())
                || Set.of("CreateTrigStmt", "RuleStmt").contains(change.kind());
        return says ? draft.findTable(change.relation()).map(TableDraft::table) : Optional.empty();
    }

    private static boolean changesFiring(Change change, Table table, Set<Trigger.Event> events, Set<String> assigned) {
        Node node = change.command();
        return switch (change.kind()) {
            case "CreateTrigStmt" ->
                events.stream().anyMatch(e -> (node.number("events") & bit(e)) != 0)
                        && (assigned.isEmpty()
                                || !node.has("columns")
                                || !Collections.disjoint(node.strings("columns"), assigned));
            case "RuleStmt" -> events.stream().anyMatch(e -> node.text("event").equals("CMD_" + e.name()));
            case "DropStmt" -> {
                List<String> parts = node.list("objects").get(0).strings("items");
                yield firesBefore(table, ObjectNames.last(parts), events, assigned);
            }
            default -> FORCES.contains(change.kind()) || firesBefore(table, node.text("name"), events, assigned);
        };
    }

    private static boolean firesBefore(Table table, String name, Set<Trigger.Event> events, Set<String> assigned) {
        return table.trigger(name).filter(t -> fires(t, events, assigned)).isPresent()
                || table.rules().stream()
                        .filter(r -> r.name().equals(name))
                        .anyMatch(r -> events.stream().anyMatch(e -> e.name().equals(r.event())));
    }

    private static boolean fires(Trigger trigger, Set<Trigger.Event> events, Set<String> assigned) {
        boolean columns = trigger.updateColumns().isEmpty()
                || assigned.isEmpty()
                || !Collections.disjoint(trigger.updateColumns(), assigned);
        return columns && !Collections.disjoint(trigger.events(), events);
    }

    private static int bit(Trigger.Event event) {
        return switch (event) {
            case INSERT -> INSERT;
            case DELETE -> DELETE;
            case UPDATE -> UPDATE;
            case TRUNCATE -> 0;
        };
    }
}
