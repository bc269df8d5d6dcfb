package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What gives columns of one table the place back that others took, around the one transaction in which it happens: that may
 * be the same for several tables.
 *
 * @param what which columns, for titles
 * @param before steps before that transaction
 * @param locks adds the locks of that transaction
 * @param drop its first statements: they drop what makes one column of the other
 * @param swap the others
 * @param after steps after that transaction
 */
record SwapBack(
        Source source,
        String what,
        List<Step> before,
        Consumer<StepSpec> locks,
        List<String> drop,
        List<String> swap,
        List<Step> after) {

    SwapBack {
        requireNonNull(source);
        requireNonNull(what);
        before = List.copyOf(before);
        requireNonNull(locks);
        drop = List.copyOf(drop);
        swap = List.copyOf(swap);
        after = List.copyOf(after);
    }

    List<Step> steps(Draft draft, Optional<TypeExchange> types) {
        return steps(draft, List.of(this), types.stream().toList());
    }

    /** All of them with one transaction. */
    static List<Step> steps(Draft draft, List<SwapBack> tables, List<TypeExchange> types) {
        List<Step> steps = new ArrayList<>();
        tables.forEach(table -> steps.addAll(table.before));
        List<String> statements = new ArrayList<>();
        tables.forEach(table -> statements.addAll(table.drop));
        types.forEach(type -> statements.addAll(type.back()));
        tables.forEach(table -> statements.addAll(table.swap));
        String what = tables.stream().map(SwapBack::what).collect(Collectors.joining(", "));
        StepSpec spec = draft.step(tables.get(0).source, "swap-back " + what, "give " + what + " its old type");
        tables.forEach(table -> table.locks.accept(spec));
        steps.add(spec.brief(Step.Purpose.SWAP, statements));
        tables.forEach(table -> steps.addAll(table.after));
        return steps;
    }
}
