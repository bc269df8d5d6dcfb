package dev.sluice.planner;

/**
 * One kind of change that Sluice can take through a live database. An open set: one stateless class each, listed in
 * {@code Operations.ALL}, with a page in {@code docs/operations}.
 */
public interface Operation {

    /** Its name in documentation and messages, for example {@code add-column}. */
    String id();

    /**
     * Plans the change if it is of this kind: adds steps, or notes for the table's column changes, to the draft.
     *
     * @return false when the change is not of this kind; nothing was added then
     * @throws ChangeRefused when it is of this kind but cannot be done safely
     */
    boolean plan(Change change, Draft draft);
}
