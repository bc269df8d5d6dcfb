/** The linter's fixes, on real servers. */
@NullMarked
package dev.sluice.lint;

import org.jspecify.annotations.NullMarked;
