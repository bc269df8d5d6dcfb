/**
 * Everything that goes over the rows of a large table in short transactions: backfills and their sweeps, batched UPDATE
 * and DELETE, probes. Entry class: {@link dev.sluice.backfill.DataWork}.
 *
 * <p>From the outside in: {@code Backfill} and {@code DmlStep} are steps. A {@code Walk} goes over block ranges, window by
 * window, each in a few passes ({@code Strides}, {@code Slice}); a {@code Work} says what it does with the rows of a slice;
 * {@code BatchSize} and {@code Pace} say how much at once and how fast; {@code Link} keeps a session alive. One walk of a
 * table is enough for small ones; a backfill cuts its table into {@code BlockRanges}, and the {@code RangeWorker}s of a
 * {@code Crew}, here and in other processes, claim them from {@link dev.sluice.backfill.Ranges} and walk one after the other.
 *
 * <p>Effectful: talks JDBC. Must not import {@code dev.sluice.run}; what it needs from there (connections, where cursors
 * and ranges are kept, who is told) comes in through the interfaces of {@link dev.sluice.backfill.DataContext}.
 */
@NullMarked
package dev.sluice.backfill;

import org.jspecify.annotations.NullMarked;
