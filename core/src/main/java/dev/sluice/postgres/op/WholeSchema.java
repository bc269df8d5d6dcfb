package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.plan.Probe;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Identifier;

/** A change of a schema's name changes that of everything in it. */
final class WholeSchema {

    private WholeSchema() {}

    /** Nothing else may know the things in it by the name that they have now: no statement, no earlier migration. */
    static void requireAlone(Change change, Draft draft, String schema) {
        boolean alone = draft.request().up().statements().stream()
                .allMatch(s -> s.start() == change.statement().start()
                        || s.node().is("TransactionStmt")
                        || s.node().is("VariableSetStmt"));
        if (!alone) {
            throw draft.refuse(
                    change,
                    "rename-schema",
                    "the script says more than the new name of schema " + schema + ", whose things have two names then",
                    "Rename the schema in a migration of its own.");
        }
        draft.add(
                Slot.CONTRACT_PREFLIGHT,
                draft.step(change, "kept in " + schema, "does schema " + schema + " hold what purge is to drop")
                        .because("the purge of earlier migrations knows it by its old name")
                        .check(
                                new Probe.NoResult("""
                                        SELECT a.attrelid::regclass, a.attname FROM pg_catalog.pg_attribute a
                                        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                                        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                        WHERE n.nspname = %s AND pg_catalog.starts_with(a.attname::text, '%s')
                                          AND NOT a.attisdropped AND c.relkind IN ('r', 'p')""".formatted(Identifier.literal(schema), Column.ARCHIVED_PREFIX)),
                                "earlier migrations keep columns in schema " + schema + ": run sluice purge first"));
    }
}
