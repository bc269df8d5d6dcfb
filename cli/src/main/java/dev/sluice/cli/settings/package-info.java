/**
 * Settings from {@code sluice.toml}, the environment and the command line. {@link dev.sluice.cli.settings.Setting} lists
 * every one of them; names in the file, variables and flags all derive from it.
 */
@NullMarked
package dev.sluice.cli.settings;

import org.jspecify.annotations.NullMarked;
