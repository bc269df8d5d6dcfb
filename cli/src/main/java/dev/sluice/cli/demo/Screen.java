package dev.sluice.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.cli.Console;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the demonstration shows how far it is: lines that stay, and below them on a terminal a few that are drawn anew.
 * Thread-safe.
 */
final class Screen {
    /** Nobody's terminal is narrower, and the JVM cannot ask how wide it is. */
    private static final int WIDTH = 80;

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
        console.draw(lines.stream().map(Screen::fitting).collect(Collectors.joining("\n")) + "\n");
        drawn = lines.size();
    }

    /** A line that wraps would be two, and {@link #erase} would leave one of them. */
    private static String fitting(String line) {
        return line.length() < WIDTH ? line : line.substring(0, WIDTH - 2) + "…";
    }

    synchronized void erase() {
        if (drawn > 0) {
            console.draw("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }
}
