/**
 * What Sluice can do to a PostgreSQL schema: one stateless class per kind of change, listed in {@link
 * dev.sluice.postgres.op.Operations#ALL}. Flat on purpose. Pure: parse trees and catalogs in, steps out.
 */
@NullMarked
package dev.sluice.postgres.op;

import org.jspecify.annotations.NullMarked;
