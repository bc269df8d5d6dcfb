package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private static final double TARGET = 50;

    private final BatchSize size = new BatchSize(TARGET, 32, 1024);

    /** Batches that cost so much per block, until the size no longer changes. */
    private int batchesUntilSteady(double millisPerBlock) {
        for (int batches = 1; ; batches++) {
            long before = size.blocks();
            size.observe(before, before * millisPerBlock, 1);
            if (size.blocks() == before || batches > 1000) {
                return batches;
            }
        }
    }

    @Test
    void cheap_blocks_come_to_the_target_in_a_few_steps() {
        assertThat(batchesUntilSteady(0.1)).isLessThanOrEqualTo(5);
        assertThat(size.blocks()).isBetween(490L, 500L);
    }

    @Test
    void no_step_is_expected_to_take_more_than_the_target_whatever_the_cost() {
        for (double millisPerBlock = 0.001; millisPerBlock < 10; millisPerBlock *= 1.3) {
            BatchSize fresh = new BatchSize(TARGET, 32, 1_000_000);
            for (int i = 0; i < 30; i++) {
                long over = fresh.blocks();
                fresh.observe(over, over * millisPerBlock, 1);
                assertThat(fresh.blocks() * millisPerBlock)
                        .as("%s ms a block, after %s blocks", millisPerBlock, over)
                        .isLessThanOrEqualTo(Math.max(TARGET, millisPerBlock) + 0.001);
            }
        }
    }

    @Test
    void near_the_target_it_grows_by_half_at_most() {
        size.observe(32, 20, 1);

        assertThat(size.blocks()).isLessThanOrEqualTo(49);
    }

    @Test
    void a_batch_that_took_far_too_long_makes_the_next_one_a_tenth() {
        size.observe(32, 32, 1);
        size.observe(size.blocks(), 6 * TARGET, 1);

        assertThat(size.blocks()).isBetween(1L, 5L);
    }

    @Test
    void while_somebody_waits_batches_are_half_as_long() {
        batchesUntilSteady(0.1);
        size.observe(size.blocks(), size.blocks() * 0.1, 0.5);

        assertThat(size.blocks()).isBetween(245L, 255L);
    }

    @Test
    void it_never_becomes_less_than_one_block_or_more_than_the_limit() {
        for (int i = 0; i < 50; i++) {
            size.observe(size.blocks(), 10_000, 1);
        }
        assertThat(size.blocks()).isEqualTo(1);
        for (int i = 0; i < 200; i++) {
            size.observe(size.blocks(), 0.001, 1);
        }
        assertThat(size.blocks()).isEqualTo(1024);
    }
}
