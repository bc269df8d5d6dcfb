/**
 * From the statements of a script to a {@link dev.sluice.plan.Plan}: what every operation needs to plan its change.
 * Entry: {@link dev.sluice.planner.Planner}. The operations themselves are in {@code dev.sluice.postgres.op}, one class
 * each.
 *
 * <p>Pure: values in, values out. Must not import {@code java.sql}, {@code java.io}, a clock, or the packages that run
 * things.
 */
@NullMarked
package dev.sluice.planner;

import org.jspecify.annotations.NullMarked;
