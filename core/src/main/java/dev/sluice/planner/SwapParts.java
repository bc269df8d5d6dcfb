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
 * What gives the columns of one table their final form, in one transaction: that of this table, or one for several.
 *
 * @param table its name, for ids
 * @param locks adds the locks of the transaction
 * @param opening its first statements: they end the dual write
 * @param closing those that put other columns, and the table itself, in their places
 * @param undo the steps that take back the first ones
 * @param back what takes the others back, after these
 */
record SwapParts(
        Source source,
        String table,
        String title,
        Consumer<StepSpec> locks,
        Step.Purpose purpose,
        List<String> opening,
        List<String> closing,
        List<Step> undo,
        Optional<SwapBack> back) {

    SwapParts {
        requireNonNull(source);
        requireNonNull(table);
        requireNonNull(title);
        requireNonNull(locks);
        requireNonNull(purpose);
        opening = List.copyOf(opening);
        closing = List.copyOf(closing);
        undo = List.copyOf(undo);
        requireNonNull(back);
    }

    void addTo(Draft draft) {
        addTo(draft, List.of(this), List.of());
    }

    /** One transaction for all of them, in which types change places as well. */
    static void addTo(Draft draft, List<SwapParts> tables, List<TypeExchange> types) {
        List<String> statements = new ArrayList<>();
        tables.forEach(table -> statements.addAll(table.opening));
        types.forEach(type -> statements.addAll(type.forth()));
        tables.forEach(table -> statements.addAll(table.closing));
        List<Step> undo = new ArrayList<>();
        tables.forEach(table -> undo.addAll(table.undo));
        List<SwapBack> backs =
                tables.stream().flatMap(table -> table.back.stream()).toList();
        if (!backs.isEmpty()) {
            undo.addAll(SwapBack.steps(draft, backs, types));
        }
        StepSpec spec = draft.step(
                        tables.get(0).source,
                        "swap " + tables.stream().map(SwapParts::table).collect(Collectors.joining(", ")),
                        tables.stream().map(SwapParts::title).collect(Collectors.joining(", ")))
                .because("one short transaction: no moment at which a statement of the new version fails")
                .undo(undo);
        tables.forEach(table -> table.locks.accept(spec));
        boolean exchanges = tables.stream().anyMatch(table -> table.purpose == Step.Purpose.EXCHANGE);
        draft.add(Slot.SWAP, spec.brief(exchanges ? Step.Purpose.EXCHANGE : Step.Purpose.SWAP, statements));
    }
}
