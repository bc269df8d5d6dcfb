/**
 * What applications use, {@link dev.sluice.Migrator} and its {@link dev.sluice.Settings}, and what every part of Sluice
 * shares: the root of its exceptions, {@link dev.sluice.SluiceException}, and the process exit codes, which import
 * nothing but the JDK's language classes.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
