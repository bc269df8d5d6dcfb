/**
 * Scripts tried on a throw-away database with made-up rows, statement by statement, to see what the server does with each:
 * locks, new files, full reads, index builds, waits. Enter by {@link dev.sluice.lab.shadow.Shadow}. Must not import {@code
 * dev.sluice.cli}.
 */
@NullMarked
package dev.sluice.lab.shadow;

import org.jspecify.annotations.NullMarked;
