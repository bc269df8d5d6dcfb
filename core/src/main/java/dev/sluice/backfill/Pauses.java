package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** Waiting, which an interrupt ends in an orderly way: between batches nothing is half done. */
final class Pauses {

    private Pauses() {}

    static SluiceException stopped() {
        return new SluiceException(
                ExitCode.FAILED_SAFE, "Stopped between two batches, as asked; run the same command again to go on.");
    }

    static void sleep(double millis) {
        if (millis <= 0) {
            return;
        }
        try {
            Thread.sleep((long) millis, (int) ((millis - (long) millis) * 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SluiceException(
                    ExitCode.FAILED_SAFE, "Interrupted between two batches; run the same command again to go on.", e);
        }
    }
}
