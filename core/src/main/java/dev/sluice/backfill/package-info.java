/**
 * Everything that goes over the rows of a large table in short transactions: backfills and their sweeps, batched UPDATE
 * and DELETE, probes. Entry class: {@link dev.sluice.backfill.DataWork}.
 *
 * <p>Effectful: talks JDBC. Must not import {@code dev.sluice.run}; what it needs from there (connections, where a
 * cursor is kept, who is told) comes in through the interfaces of {@link dev.sluice.backfill.DataContext}.
 */
@NullMarked
package dev.sluice.backfill;

import org.jspecify.annotations.NullMarked;
