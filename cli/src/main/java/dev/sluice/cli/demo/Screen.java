package dev.sluice.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.cli.Console;
import java.util.List;

/**
 * Where the demonstration shows how far it is: lines that stay, and below them on a terminal a few that are drawn anew.
 * Thread-safe.
 */
final class Screen {
    private final Console console;
    private final boolean live;
    private int drawn;

    /** @param live whether standard error is a terminal */
    Screen(Console console, boolean live) {
        this.console = requireNonNull(console);
        this.live = live && !console.isQuiet();
    }

    boolean isLive() {
        return live;
    }

    /** A line that stays. */
    synchronized void say(String line) {
        erase();
        console.note(line);
    }

    /** Lines that replace those of the last call; where nothing can be redrawn they are one line that stays. */
    synchronized void show(List<String> lines) {
        if (!live) {
            console.note("  " + String.join(" | ", lines));
            return;
        }
        erase();
        console.draw(String.join("\n", lines) + "\n");
        drawn = lines.size();
    }

    synchronized void erase() {
        if (drawn > 0) {
            console.draw("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }
}
