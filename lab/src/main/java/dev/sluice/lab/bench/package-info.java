/**
 * {@code ./dev bench}: {@link dev.sluice.lab.bench.Bench} runs {@link dev.sluice.lab.bench.Scenario}s, whose
 * {@link dev.sluice.lab.bench.Method}s alternate within each round, keeps what they measure as JSON
 * ({@link dev.sluice.lab.bench.Results}), and makes a page of that. Always ratios within one run: absolute numbers of one machine on
 * one day say little. {@link dev.sluice.lab.bench.FreshBench} is a measurement of its own, for directories of migrations.
 */
@NullMarked
package dev.sluice.lab.bench;

import org.jspecify.annotations.NullMarked;
