/**
 * What a database contains, as immutable records: the input of the planner and of the comparison.
 *
 * <p>Entry class: {@link dev.sluice.catalog.Catalog}. Definitions are PostgreSQL's own text ({@code pg_get_…def}) read under an
 * empty {@code search_path}, hence fully qualified. Pure: no {@code java.sql}, no I/O, no clock.
 */
@NullMarked
package dev.sluice.catalog;

import org.jspecify.annotations.NullMarked;
