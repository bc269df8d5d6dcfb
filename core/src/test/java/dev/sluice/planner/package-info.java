@NullMarked
package dev.sluice.planner;

import org.jspecify.annotations.NullMarked;
