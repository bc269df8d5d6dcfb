/** Data work on real servers. */
@NullMarked
package dev.sluice.backfill;

import org.jspecify.annotations.NullMarked;
