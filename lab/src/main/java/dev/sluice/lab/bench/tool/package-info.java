/**
 * What the scenarios use: a server whose processor time can be read ({@link dev.sluice.lab.bench.tool.BenchServer}), Sluice
 * and its peers behind one call each. Knows no scenario.
 */
@NullMarked
package dev.sluice.lab.bench.tool;

import org.jspecify.annotations.NullMarked;
