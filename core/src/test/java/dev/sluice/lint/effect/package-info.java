/** What statements are said to do, held against what PostgreSQL was observed to do. */
@NullMarked
package dev.sluice.lint.effect;

import org.jspecify.annotations.NullMarked;
