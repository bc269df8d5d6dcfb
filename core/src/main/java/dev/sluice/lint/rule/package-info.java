/**
 * The rules: one class for each hazard, all of them in {@link dev.sluice.lint.rule.Rules}. A rule looks at a {@link
 * dev.sluice.lint.Scene} and must not keep anything.
 */
@NullMarked
package dev.sluice.lint.rule;

import org.jspecify.annotations.NullMarked;
