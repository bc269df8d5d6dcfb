/**
 * What Sluice knows about PostgreSQL from the inside: reading its catalog.
 *
 * <p>Entry class: {@link dev.sluice.postgres.CatalogReader}. Effectful, through {@code dev.sluice.db} only; imports neither {@code run}
 * nor {@code backfill}.
 */
@NullMarked
package dev.sluice.postgres;

import org.jspecify.annotations.NullMarked;
