/**
 * Says which statements of migrations are dangerous for running traffic, from reading them alone. Enter by {@link
 * dev.sluice.lint.Linter}; the rules are in {@code rule}, what a statement does in {@code effect}, what is known of the tables
 * in {@code schema}. It must not import the planner, the runner or anything that reads a database.
 */
@NullMarked
package dev.sluice.lint;

import org.jspecify.annotations.NullMarked;
