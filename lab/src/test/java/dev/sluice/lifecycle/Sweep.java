package dev.sluice.lifecycle;

import java.util.List;

/**
 * A life in which one command is killed, at a place that differs from life to life.
 *
 * @param before what runs undisturbed
 * @param killed what is killed
 * @param after what goes on from there
 * @param end where that leads
 */
record Sweep(String name, List<Command> before, Command killed, List<Command> after, End end) {

    /** What the database has to be like in the end. */
    enum End {
        /** As before the migration. */
        START,
        /** As after the plain run, but for what is kept to go back. */
        APPLIED,
        /** As after the plain run. */
        PURGED
    }

    static final List<Sweep> ALL = List.of(
            new Sweep("up, resumed", List.of(), Command.UP, List.of(Command.UP, Command.CONTRACT), End.APPLIED),
            new Sweep("up, undone", List.of(), Command.UP, List.of(Command.DOWN), End.START),
            new Sweep(
                    "contract, resumed", List.of(Command.UP), Command.CONTRACT, List.of(Command.CONTRACT), End.APPLIED),
            new Sweep("contract, undone", List.of(Command.UP), Command.CONTRACT, List.of(Command.DOWN), End.START),
            new Sweep("down after up, resumed", List.of(Command.UP), Command.DOWN, List.of(Command.DOWN), End.START),
            new Sweep(
                    "down after contract, resumed",
                    List.of(Command.UP, Command.CONTRACT),
                    Command.DOWN,
                    List.of(Command.DOWN),
                    End.START),
            new Sweep(
                    "purge, resumed",
                    List.of(Command.UP, Command.CONTRACT),
                    Command.PURGE,
                    List.of(Command.PURGE),
                    End.PURGED));

    boolean isUndone() {
        return !after.contains(killed);
    }

    @Override
    public String toString() {
        return name;
    }
}
