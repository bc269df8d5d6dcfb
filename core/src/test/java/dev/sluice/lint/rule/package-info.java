/** Each rule held against its cases. */
@NullMarked
package dev.sluice.lint.rule;

import org.jspecify.annotations.NullMarked;
