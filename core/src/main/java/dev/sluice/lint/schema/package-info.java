/**
 * What is known of a schema from reading scripts: tables, their columns, constraints and indexes, types, functions, and which
 * of them are new or empty. Enter by {@link dev.sluice.lint.schema.KnownSchema}, which takes one statement after the other. It
 * knows nothing of locks, rules or versions, and reads no database.
 */
@NullMarked
package dev.sluice.lint.schema;

import org.jspecify.annotations.NullMarked;
