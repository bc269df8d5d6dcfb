/** Tests of what {@code sluice lint} reads and writes. */
@NullMarked
package dev.sluice.cli.lint;

import org.jspecify.annotations.NullMarked;
