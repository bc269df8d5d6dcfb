/** What sizes make of findings. */
@NullMarked
package dev.sluice.lint.size;

import org.jspecify.annotations.NullMarked;
