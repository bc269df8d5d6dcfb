package dev.sluice.db;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to the target database. Every call makes a new one, in auto-commit mode, which the caller closes.
 * Called from several threads.
 */
@FunctionalInterface
public interface ConnectionSource {

    Connection open() throws SQLException;
}
