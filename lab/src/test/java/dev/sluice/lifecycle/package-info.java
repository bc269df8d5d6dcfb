/** Takes every operation up, down, up, through contract and back, and compares with the plain run. */
@NullMarked
package dev.sluice.lifecycle;

import org.jspecify.annotations.NullMarked;
