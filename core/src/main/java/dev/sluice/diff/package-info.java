/**
 * Whether two databases have the same schema, and where not.
 *
 * <p>Entry class: {@link dev.sluice.diff.CatalogDiff}. Pure: compares {@link dev.sluice.catalog.Catalog}s, never a connection.
 */
@NullMarked
package dev.sluice.diff;

import org.jspecify.annotations.NullMarked;
