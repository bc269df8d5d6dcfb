/**
 * Stands between a program and its PostgreSQL server, understands the protocol, and breaks the connection where a test says
 * so: {@link dev.sluice.lab.relay.Relay}. {@link dev.sluice.lab.relay.TransactionPool} shares server sessions as poolers do.
 * Speaks the frontend/backend protocol 3 (manual, chapter of that name) without TLS. Imports no other package of Sluice than
 * the root.
 */
@NullMarked
package dev.sluice.lab.relay;

import org.jspecify.annotations.NullMarked;
