/**
 * PostgreSQL's own grammar as a Java call: SQL text in, libpg_query's JSON parse tree out.
 *
 * <p>Entry class: {@link dev.sluice.parser.PgParser}. This package knows nothing of migrations, files or databases and must not
 * import anything of {@code dev.sluice} outside itself, nor {@code java.sql}.
 */
@NullMarked
package dev.sluice.parser;

import org.jspecify.annotations.NullMarked;
