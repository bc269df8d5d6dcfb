package dev.sluice.lab.life;

/** Takes one migration through all of its stages, with a companion. */
public final class Course {

    private Course() {}

    public static void run(Companion companion) {
        boolean atStart = true;
        for (Stage stage : Stage.values()) {
            boolean up = stage.command() == Stage.Command.UP;
            boolean goes = up ? atStart : companion.goes(stage);
            if (goes) {
                companion.live(stage, () -> stage.run(companion.life()));
                companion.look(stage);
                atStart = stage.command() == Stage.Command.DOWN;
            }
        }
    }
}
