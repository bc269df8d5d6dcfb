/**
 * Disposable PostgreSQL servers for trying things out: {@link dev.sluice.lab.EmbeddedPostgres} is one private, running
 * server; {@link dev.sluice.lab.PostgresExtension} gives JUnit tests a database each. For development, tests and CI
 * only: nothing here may be needed by an application in production, so {@code core} must not import this package.
 */
@NullMarked
package dev.sluice.lab;

import org.jspecify.annotations.NullMarked;
