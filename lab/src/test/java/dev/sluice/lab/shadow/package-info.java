/** What is seen of scripts that are tried on real servers. */
@NullMarked
package dev.sluice.lab.shadow;

import org.jspecify.annotations.NullMarked;
