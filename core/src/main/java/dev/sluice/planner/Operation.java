package dev.sluice.planner;

/**
 * One kind of change that Sluice can take through a live database. An open set: one stateless class each, listed in
 * {@code Operations.ALL}. Its page in {@code docs/operations} is made of {@link #about()} and of lifecycle cases.
 */
public interface Operation {

    /** Its name in documentation and messages, for example {@code add-column}. */
    String id();

    About about();

    /**
     * Plans the change if it is of this kind: adds steps, or notes for the table's column changes, to the draft.
     *
     * @return false when the change is not of this kind; nothing was added then
     * @throws ChangeRefused when it is of this kind but cannot be done safely
     */
    boolean plan(Change change, Draft draft);
}
