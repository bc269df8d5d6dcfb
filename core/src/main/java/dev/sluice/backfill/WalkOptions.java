package dev.sluice.backfill;

import java.util.List;
import java.util.Optional;

/**
 * How a {@link Walk} goes.
 *
 * @param strides when windows are gone over in several passes
 * @param firstWindow blocks of the first window
 */
record WalkOptions(
        Optional<CursorStore> store,
        Optional<Strides> strides,
        List<String> keyColumns,
        long firstWindow,
        long maxWindow) {

    static WalkOptions reading(List<String> keyColumns) {
        return new WalkOptions(Optional.empty(), Optional.empty(), keyColumns, 128, 16_384);
    }

    static WalkOptions writing(Optional<CursorStore> store, Optional<Strides> strides, List<String> keyColumns) {
        return new WalkOptions(store, strides, keyColumns, 32, 1024);
    }
}
