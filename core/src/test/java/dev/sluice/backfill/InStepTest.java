package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class InStepTest {

    private static final long LONG = TimeUnit.MINUTES.toNanos(1);
    private static final int ROUNDS = 500;

    private final InStep inStep = new InStep();

    @Test
    void nobody_is_ever_more_than_one_batch_ahead() {
        int workers = 4;
        AtomicIntegerArray done = new AtomicIntegerArray(workers);
        List<CompletableFuture<Integer>> most = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            inStep.enter();
        }
        for (int i = 0; i < workers; i++) {
            int me = i;
            most.add(CompletableFuture.supplyAsync(
                    () -> {
                        int ahead = 0;
                        for (int n = 1; n <= ROUNDS; n++) {
                            done.set(me, n);
                            for (int other = 0; other < workers; other++) {
                                ahead = Math.max(ahead, n - done.get(other));
                            }
                            assertThat(inStep.await(LONG)).isTrue();
                        }
                        inStep.leave();
                        return ahead;
                    },
                    task -> new Thread(task).start()));
        }
        assertThat(most).allSatisfy(each -> assertThat(each.join()).isLessThanOrEqualTo(1));
    }

    @Test
    void alone_there_is_nobody_to_wait_for() {
        inStep.enter();

        assertThat(inStep.await(LONG)).isTrue();
    }

    @Test
    void who_leaves_lets_the_others_go_on() {
        inStep.enter();
        inStep.enter();
        CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(() -> inStep.await(LONG));

        inStep.leave();

        assertThat(waits.join()).isTrue();
    }

    @Test
    void who_does_not_come_is_waited_for_no_longer_than_said_and_may_come_later() {
        inStep.enter();
        inStep.enter();

        assertThat(inStep.await(1)).isFalse();

        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> inStep.await(LONG));
        assertThat(inStep.await(LONG)).isTrue();
        assertThat(one.join()).isTrue();
    }
}
