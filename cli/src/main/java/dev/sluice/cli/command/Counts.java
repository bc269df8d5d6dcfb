package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** Numbers of migrations on the command line. */
final class Counts {
    private Counts() {}

    static int atLeastOne(int count) {
        if (count < 1) {
            throw new SluiceException(
                    ExitCode.USAGE, "The number of migrations is " + count + "; it must be at least 1.");
        }
        return count;
    }
}
