/** Tests of the linter as a whole. */
@NullMarked
package dev.sluice.lint;

import org.jspecify.annotations.NullMarked;
