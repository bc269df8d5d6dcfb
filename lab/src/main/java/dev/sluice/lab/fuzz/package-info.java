/**
 * Random schemas, rows and migrations, each taken through its whole life and compared with a plain run; what fails is made
 * smaller until nothing can be left out. {@link dev.sluice.lab.fuzz.Fuzz} is the program behind {@code ./dev fuzz}; tests use
 * {@link dev.sluice.lab.fuzz.FuzzRun}. Everything follows from the seed. Must not be imported by {@code core}.
 */
@NullMarked
package dev.sluice.lab.fuzz;

import org.jspecify.annotations.NullMarked;
