package dev.sluice.lab.life;

/** What a migration goes through, in this order: back from everywhere, and forward again after it. */
public enum Stage {
    UP("up", Command.UP),
    DOWN("down", Command.DOWN),
    SECOND_UP("second up", Command.UP),
    CONTRACT("contract", Command.CONTRACT),
    DOWN_AFTER_CONTRACT("down after contract", Command.DOWN),
    THIRD_UP("third up", Command.UP),
    LAST_CONTRACT("last contract", Command.CONTRACT),
    PURGE("purge", Command.PURGE);

    /** What a user types. */
    public enum Command {
        UP,
        DOWN,
        CONTRACT,
        PURGE
    }

    private final String words;
    private final Command command;

    Stage(String words, Command command) {
        this.words = words;
        this.command = command;
    }

    public String words() {
        return words;
    }

    public Command command() {
        return command;
    }

    void run(Life life) {
        switch (command) {
            case UP -> life.up();
            case DOWN -> life.down();
            case CONTRACT -> life.contract();
            case PURGE -> life.purge();
        }
    }
}
