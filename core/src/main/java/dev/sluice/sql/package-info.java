/**
 * SQL as text with positions: where things stand in a file ({@link dev.sluice.sql.SourceText}), and what is comment,
 * string or code in it. Pure: values in, values out; imports neither {@code java.sql} nor {@code java.nio.file}.
 */
@NullMarked
package dev.sluice.sql;

import org.jspecify.annotations.NullMarked;
