/**
 * What {@code sluice lint} reads and the forms in which it says what it found. The rules themselves are in core's {@code
 * dev.sluice.lint}.
 */
@NullMarked
package dev.sluice.cli.lint;

import org.jspecify.annotations.NullMarked;
