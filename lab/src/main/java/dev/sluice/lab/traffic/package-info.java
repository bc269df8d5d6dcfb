/**
 * Simulated applications: open-loop load on a database, with honest latencies and checked answers. Entry class: {@link
 * dev.sluice.lab.traffic.Traffic}. Knows nothing of migrations; must not import {@code dev.sluice.run}, {@code
 * dev.sluice.plan} or the planner.
 */
@NullMarked
package dev.sluice.lab.traffic;

import org.jspecify.annotations.NullMarked;
