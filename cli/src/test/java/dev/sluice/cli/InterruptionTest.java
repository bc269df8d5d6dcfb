package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    @Test
    void aSignalStopsTheRunWaitsForItsLastWordsAndDecidesTheStatus() throws Exception {
        Interruption interruption = new Interruption();
        CountDownLatch asked = new CountDownLatch(1);
        interruption.whenInterrupted(asked::countDown);

        var signal = CompletableFuture.runAsync(interruption::shutDown);
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(signal.isDone()).as("waits for the run").isFalse();

        assertThat(interruption.finished()).as("exits by itself").isFalse();
        signal.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aRunThatHasEndedIsNotStopped() {
        Interruption interruption = new Interruption();
        interruption.whenInterrupted(() -> {
            throw new AssertionError("stopped");
        });

        assertThat(interruption.finished()).as("exits by itself").isTrue();
        interruption.shutDown();
    }

    @Test
    void withoutARunTheProcessExitsByItself() {
        Interruption interruption = new Interruption();
        interruption.shutDown();
        assertThat(interruption.finished()).isTrue();
    }
}
