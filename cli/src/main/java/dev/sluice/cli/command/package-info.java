/**
 * One class per command; {@link dev.sluice.cli.command.Commands} lists them. A command reads its options, calls the
 * library, and gives what comes back to {@code dev.sluice.cli.render}.
 */
@NullMarked
package dev.sluice.cli.command;

import org.jspecify.annotations.NullMarked;
