package dev.sluice.run;

/**
 * Is told what a run does, while it does it. Called from the thread that runs and from helper threads, never from two at
 * once; must return quickly and must not throw.
 */
@FunctionalInterface
public interface RunListener {

    void on(RunEvent event);

    /** For those who only want the result. */
    static RunListener silent() {
        return event -> {};
    }
}
