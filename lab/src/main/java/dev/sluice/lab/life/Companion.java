package dev.sluice.lab.life;

/** Goes along with a migration, see {@link Course}. Whatever it throws ends the course. */
public interface Companion {

    /** Where the next stage takes place; asked when it begins. */
    Life life();

    /**
     * Whether to go through the stage; asked before each but the ways up. A migration goes up again only when it has gone
     * down.
     */
    boolean goes(Stage stage);

    /** Runs the command of the stage; what has to go on beside it begins before that and ends after it. */
    void live(Stage stage, Runnable command);

    /** The stage is over. */
    void look(Stage stage);
}
