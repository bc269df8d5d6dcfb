package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockRangesTest {

    private static final QualifiedName TABLE = QualifiedName.of("public", "t");

    private static List<Cursor> ranges(long blocks) {
        Leaf leaf = new Leaf(1, TABLE, TABLE, 2, blocks, 0, true, true, false);
        return BlockRanges.of(List.of(leaf), DataOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "512, 1", "513, 2", "5000, 8", "100000, 98", "10000000, 256"})
    void small_tables_are_one_range_and_none_has_more_than_256(long blocks, int count) {
        assertThat(ranges(blocks)).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 511, 512, 513, 1025, 5000, 8191, 8193, 99_999, 1_000_000})
    void they_cover_every_block_once(long blocks) {
        long next = 0;
        for (Cursor range : ranges(blocks)) {
            assertThat(range.block()).isEqualTo(next);
            assertThat(range.end()).isGreaterThan(next);
            next = range.end();
        }
        assertThat(next).isEqualTo(blocks);
    }

    @Test
    void a_table_without_blocks_has_none() {
        assertThat(ranges(0)).isEmpty();
    }
}
