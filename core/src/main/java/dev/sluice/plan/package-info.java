/**
 * The plan as data: phases of {@link dev.sluice.plan.Step steps} that take one migration through a live database, and
 * its JSON form. Everything that shows, reviews, runs, resumes or undoes a migration reads the same {@link
 * dev.sluice.plan.Plan} value.
 *
 * <p>Pure: must not import {@code java.sql}, {@code java.io}, a clock, or the packages that run things.
 */
@NullMarked
package dev.sluice.plan;

import org.jspecify.annotations.NullMarked;
