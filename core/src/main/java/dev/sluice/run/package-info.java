/**
 * Takes plans through a live database: the journal, the one-runner lease, lock acquisition, the execution of steps and
 * the states a migration goes through. Entry: {@link dev.sluice.Migrator}, which needs a {@link
 * dev.sluice.run.PlanSource} and tells a {@link dev.sluice.run.RunListener} what happens.
 *
 * <p>Does not plan and does not read migration files; never logs or stores a password.
 */
@NullMarked
package dev.sluice.run;

import org.jspecify.annotations.NullMarked;
