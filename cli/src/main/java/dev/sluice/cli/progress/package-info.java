/**
 * A run, told while it happens: {@link dev.sluice.cli.progress.RunReport}. On a terminal one line is drawn again and
 * again, elsewhere lines are printed, at most one a second.
 */
@NullMarked
package dev.sluice.cli.progress;

import org.jspecify.annotations.NullMarked;
