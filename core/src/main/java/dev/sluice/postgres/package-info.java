/**
 * What Sluice knows about PostgreSQL from the inside: reading its catalog, comparing rows.
 *
 * <p>Entry classes: {@link dev.sluice.postgres.CatalogReader}, {@link dev.sluice.postgres.DataDiff}. Effectful, through {@code dev.sluice.db} only; imports neither {@code run}
 * nor {@code backfill}.
 */
@NullMarked
package dev.sluice.postgres;

import org.jspecify.annotations.NullMarked;
