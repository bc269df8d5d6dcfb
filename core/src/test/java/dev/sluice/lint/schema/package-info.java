/** Tests of what is known of a schema. */
@NullMarked
package dev.sluice.lint.schema;

import org.jspecify.annotations.NullMarked;
