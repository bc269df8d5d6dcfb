/**
 * Measurements, each a class with a {@code main}. Always a ratio to plain PostgreSQL in the same run, interleaved, median of
 * the rounds: absolute numbers of one machine on one day say nothing.
 */
@NullMarked
package dev.sluice.lab.bench;

import org.jspecify.annotations.NullMarked;
