/**
 * How large the tables of a database are and how much they are used, and what that makes of a dangerous statement: how long
 * traffic waits. Enter by {@link dev.sluice.lint.size.Sizes}. Pure: whoever reads a database hands the figures over. It must not
 * import rules.
 */
@NullMarked
package dev.sluice.lint.size;

import org.jspecify.annotations.NullMarked;
