/**
 * Sluice's command line. {@link dev.sluice.cli.Main} is the program, {@link dev.sluice.cli.Cli} the same thing with
 * everything passed in. Commands live in {@code command}, everything that turns values into text in {@code render}.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
