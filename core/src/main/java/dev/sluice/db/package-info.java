/**
 * The thin layer over JDBC that everything effectful uses: {@link dev.sluice.db.Session} runs statements and turns
 * errors into {@link dev.sluice.db.DatabaseException}, which keeps the statement and what the server said about it.
 * Knows nothing about migrations; imports no other package of Sluice than the root.
 */
@NullMarked
package dev.sluice.db;

import org.jspecify.annotations.NullMarked;
