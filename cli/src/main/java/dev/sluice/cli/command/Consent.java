package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** The question before something that people regret. */
final class Consent {
    private Consent() {}

    /** @throws SluiceException when the answer is no, or nobody is there to answer */
    static void require(RootCommand root, String facts, String question) {
        root.console().error(facts);
        if (!root.surroundings().inTerminal()) {
            throw new SluiceException(
                    ExitCode.USAGE, "Nobody is there to be asked, and nothing was changed.\nNext: add --yes to do it.");
        }
        if (!root.console().confirm(question)) {
            throw new SluiceException(ExitCode.ERROR, "Not done; nothing was changed.");
        }
    }
}
