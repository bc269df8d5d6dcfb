/**
 * What every part of Sluice shares: the root of its exceptions, {@link dev.sluice.SluiceException}, and the process
 * exit codes. Imports nothing but the JDK's language classes.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
