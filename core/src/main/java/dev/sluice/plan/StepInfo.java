package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What every step has.
 *
 * @param id unique in the plan, stable between two plannings of the same script: the journal's key
 * @param title what the step does, one line, for example {@code add users.full_name and keep it in step with first_name,
 *     last_name}
 * @param reason why in this form, one line; names the fact that decided (rows, lock, rewrite)
 * @param source the line of the script this comes from
 * @param locks the strongest lock per existing table; taken in this order
 * @param estimatedRows rows the step reads or writes, −1 when unknown or not meaningful
 * @param estimatedBytes size of what the step reads or writes, −1 when unknown
 * @param undo the steps that take this step back, in the order in which they run; empty when there is nothing to take
 *     back. Undo steps themselves have no undo. An undo must also work when its step had stopped half-way.
 */
public record StepInfo(
        String id,
        String title,
        String reason,
        Source source,
        List<TableLock> locks,
        long estimatedRows,
        long estimatedBytes,
        List<Step> undo) {

    public StepInfo {
        requireNonNull(id);
        requireNonNull(title);
        requireNonNull(reason);
        requireNonNull(source);
        locks = List.copyOf(locks);
        undo = List.copyOf(undo);
        if (id.isBlank() || title.isBlank()) {
            throw new IllegalArgumentException("a step needs an id and a title");
        }
        for (Step step : undo) {
            if (!step.info().undo().isEmpty()) {
                throw new IllegalArgumentException("undo steps have no undo of their own: " + step.id());
            }
        }
    }
}
