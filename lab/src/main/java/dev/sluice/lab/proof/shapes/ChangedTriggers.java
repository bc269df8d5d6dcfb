package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.Trigger;
import dev.sluice.plan.Plan;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables, under the names of either version, on which the two versions find other triggers. What a script makes or drops waits for
 * contract; a trigger function that it replaces acts for both versions from that step on, as the plan says. Immutable.
 *
 * @param late on which the new version finds its own triggers only after contract: with the tables that their functions name
 * @param atOnce on which the old version finds another trigger function before it ends
 */
record ChangedTriggers(Set<QualifiedName> late, Set<QualifiedName> atOnce) {

    ChangedTriggers {
        late = Set.copyOf(late);
        atOnce = Set.copyOf(atOnce);
    }

    /** What of a trigger stays when its table or a column gets another name. */
    private record Likeness(
            String name,
            Trigger.Timing timing,
            Set<Trigger.Event> events,
            int updateColumns,
            boolean forEachRow,
            boolean hasWhen,
            QualifiedName function) {
        static Likeness of(Trigger trigger) {
            return new Likeness(
                    trigger.name(),
                    trigger.timing(),
                    trigger.events(),
                    trigger.updateColumns().size(),
                    trigger.forEachRow(),
                    trigger.hasWhen(),
                    trigger.function());
        }
    }

    static ChangedTriggers of(Scope scope, Plan plan) {
        Set<QualifiedName> late = new TreeSet<>();
        Set<QualifiedName> atOnce = new TreeSet<>();
        for (Table old : scope.start().tables().values()) {
            Optional<Table> fresh = scope.successor(old);
            if (fresh.isEmpty()) {
                continue;
            }
            Set<Likeness> before = likenesses(old);
            Set<Likeness> after = likenesses(fresh.get());
            Set<QualifiedName> functions = new HashSet<>();
            Stream.concat(
                            before.stream().filter(trigger -> !after.contains(trigger)),
                            after.stream().filter(trigger -> !before.contains(trigger)))
                    .forEach(trigger -> functions.add(trigger.function()));
            Set<QualifiedName> replaced = before.stream()
                    .map(Likeness::function)
                    .filter(function -> plan.notes().stream()
                            .anyMatch(note ->
                                    note.text().startsWith("function " + function.name() + " is replaced at once")))
                    .collect(Collectors.toSet());
            if (!replaced.isEmpty()) {
                atOnce.add(old.name());
                atOnce.addAll(named(scope, replaced));
            }
            if (!functions.isEmpty()) {
                late.add(old.name());
                late.addAll(named(scope, functions));
            }
        }
        late.addAll(atOnce);
        return new ChangedTriggers(late, atOnce);
    }

    private static Set<Likeness> likenesses(Table table) {
        return table.triggers().stream().map(Likeness::of).collect(Collectors.toSet());
    }

    private static String body(Catalog catalog, QualifiedName function) {
        return catalog.functions().stream()
                .filter(routine -> routine.name().equals(function))
                .map(Routine::body)
                .findFirst()
                .orElse("");
    }

    /** Tables that the functions may write to. */
    private static Set<QualifiedName> named(Scope scope, Set<QualifiedName> functions) {
        Set<String> words = functions.stream()
                .flatMap(function -> Stream.of(body(scope.start(), function), body(scope.plain(), function)))
                .flatMap(body -> Tokens.of(body).stream())
                .filter(token -> token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED)
                .map(Tokens.Token::identifier)
                .collect(Collectors.toSet());
        return Stream.of(scope.start(), scope.plain())
                .flatMap(catalog -> catalog.tables().keySet().stream())
                .filter(table -> words.contains(table.name()))
                .collect(Collectors.toSet());
    }
}
