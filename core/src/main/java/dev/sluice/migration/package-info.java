/**
 * Migrations as files and as a graph. {@code MigrationDirectory} reads a directory of any known
 * layout, {@code MigrationGraph} orders what was read and compares it with what was applied.
 * Pure except for {@code MigrationDirectory}, the only class here that may import {@code java.nio.file}; nothing here
 * imports {@code java.sql}.
 */
@NullMarked
package dev.sluice.migration;

import org.jspecify.annotations.NullMarked;
