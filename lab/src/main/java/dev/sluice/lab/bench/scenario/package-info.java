/** The questions of the benchmark, each a class; {@link dev.sluice.lab.bench.scenario.Scenarios} lists them. */
@NullMarked
package dev.sluice.lab.bench.scenario;

import org.jspecify.annotations.NullMarked;
