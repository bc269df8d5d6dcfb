/**
 * Which server to talk to, and how: connection URLs, libpq's environment variables, service and password files, and
 * what a failed connection means. {@link dev.sluice.cli.connection.TargetResolver} is the entry; it reads files, opens
 * nothing. {@link dev.sluice.cli.connection.Connector} opens connections. Nothing here may put a password into a message.
 */
@NullMarked
package dev.sluice.cli.connection;

import org.jspecify.annotations.NullMarked;
