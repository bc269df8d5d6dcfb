/**
 * What a statement does to running traffic: which relations it locks, rewrites and reads in full, as PostgreSQL 14 to 18 were
 * observed to do it. Enter by {@link dev.sluice.lint.effect.Effects}. It knows no rules and prints nothing; it must not import
 * the planner.
 */
@NullMarked
package dev.sluice.lint.effect;

import org.jspecify.annotations.NullMarked;
