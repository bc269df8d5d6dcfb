package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StridesTest {

    private final Strides strides = new Strides(true);

    /** A window in which these shares of the updates were HOT. */
    private boolean window(double firstPass, double laterPasses) {
        int passes = strides.passes(true);
        for (int pass = 0; pass < passes; pass++) {
            double hot = pass == 0 ? firstPass : laterPasses;
            strides.updated(new Slice(TidRange.blocks(0, 1), pass, passes, false), 1000, (long) (1000 * hot));
        }
        return strides.windowDone();
    }

    private int passesAfter(int windows, double firstPass, double laterPasses) {
        for (int i = 0; i < windows; i++) {
            window(firstPass, laterPasses);
        }
        return strides.passes(true);
    }

    @Test
    void full_pages_need_eight_passes_and_four_without_secondary_indexes() {
        assertThat(strides.passes(true)).isEqualTo(8);
        assertThat(strides.passes(false)).isEqualTo(4);
        assertThat(passesAfter(20, 0, 0.7)).isEqualTo(8);
    }

    @Test
    void pages_with_room_for_every_row_need_one() {
        assertThat(passesAfter(4, 1, 1)).isEqualTo(4);
        assertThat(passesAfter(4, 1, 1)).isEqualTo(2);
        assertThat(passesAfter(4, 0.95, 1)).isEqualTo(1);
        assertThat(passesAfter(50, 0.95, 1)).isEqualTo(1);
    }

    @Test
    void where_the_room_ends_there_are_more_again_and_they_stay() {
        assertThat(passesAfter(8, 1, 1)).isEqualTo(2);

        assertThat(passesAfter(1, 0.4, 0.8)).isEqualTo(4);
        assertThat(passesAfter(100, 1, 1)).isEqualTo(4);
        assertThat(passesAfter(1, 0, 0.7)).isEqualTo(8);
    }

    @Test
    void some_room_changes_nothing() {
        assertThat(passesAfter(50, 0.8, 0.9)).isEqualTo(8);
    }

    @Test
    void a_long_snapshot_makes_passes_useless_for_a_while() {
        assertThat(window(0, 0)).isFalse();
        assertThat(window(0, 0)).isFalse();
        assertThat(window(0, 0)).isFalse();
        assertThat(window(0, 0)).isTrue();

        assertThat(strides.passes(true)).isEqualTo(1);
        assertThat(passesAfter(199, 0, 0)).isEqualTo(8);
    }

    @Test
    void updates_that_can_never_be_hot_are_no_sign_of_a_snapshot() {
        Strides indexed = new Strides(false);
        for (int i = 0; i < 20; i++) {
            indexed.updated(new Slice(TidRange.blocks(0, 1), 1, 8, false), 1000, 0);
            assertThat(indexed.windowDone()).isFalse();
        }
        assertThat(indexed.passes(true)).isEqualTo(8);
    }

    @Test
    void a_handful_of_rows_says_nothing() {
        for (int i = 0; i < 20; i++) {
            strides.updated(new Slice(TidRange.blocks(0, 1), 0, 8, false), 10, 10);
            assertThat(strides.windowDone()).isFalse();
        }
        assertThat(strides.passes(true)).isEqualTo(8);
    }
}
