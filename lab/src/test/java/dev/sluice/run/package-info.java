/** The runner on real servers, with plans made by hand. */
@NullMarked
package dev.sluice.run;

import org.jspecify.annotations.NullMarked;
