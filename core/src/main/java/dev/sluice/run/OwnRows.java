package dev.sluice.run;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TableStats;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the rows that migrations wrote from those of an application. A database that holds nothing but what migrations
 * put there (a build of it was interrupted, or has seeds) has no application yet.
 *
 * <p>Every transaction of the runner that changes anything writes a row of the event table, which is never changed
 * afterwards: its {@code xmin} is the transaction that also wrote the migration's rows. A row without such a companion is
 * somebody else's.
 */
public final class OwnRows {

    /** Seeds are small; a larger table is an application's, and not worth reading to find that out. */
    private static final long MOST_ROWS = 10_000;

    /**
     * Whether any migration was taken through by steps, and not as written. It then met an application's rows; and its steps may
     * since have written these rows anew (a backfill, ALTER TABLE with a rewrite), so that they bear Sluice's own transaction.
     */
    private static final String HAD_SOMETHING_TO_PROTECT = """
            SELECT EXISTS (SELECT FROM sluice.migration m
             WHERE json_array_length(m.plan -> 'contract') > 0
                OR EXISTS (SELECT FROM json_array_elements(m.plan -> 'expand') AS step
                            WHERE json_array_length(step -> 'info' -> 'undo') > 0
                              AND lower(step ->> 'purpose') IS DISTINCT FROM 'plain'))""";

    private OwnRows() {}

    /**
     * The tables that hold rows, when all rows of all tables were written by migrations; empty when some were not, or when
     * that cannot be told. Only reads.
     */
    public static Optional<Set<QualifiedName>> tables(Session session, Catalog catalog) {
        if (!JournalSchema.exists(session) || session.isTrue(HAD_SOMETHING_TO_PROTECT)) {
            return Optional.empty();
        }
        Set<QualifiedName> written = new HashSet<>();
        for (Table table : catalog.tables().values()) {
            TableStats stats = table.stats();
            if (table.kind() == Table.Kind.FOREIGN || stats.estimatedRows() > MOST_ROWS || stats.deleted() > 0) {
                return Optional.empty();
            }
            if (stats.everWritten() || stats.estimatedRows() > 0) {
                written.add(table.name());
            }
        }
        for (QualifiedName table : written) {
            if (mayHoldOthersRows(session, table)) {
                return Optional.empty();
            }
        }
        return Optional.of(written);
    }

    /** Rows that the role may not see may be anybody's. */
    private static boolean mayHoldOthersRows(Session session, QualifiedName table) {
        try {
            return session.isTrue("SELECT row_security_active(" + Identifier.literal(table.quoted())
                    + ") OR EXISTS (SELECT FROM " + table.quoted()
                    + " WHERE xmin NOT IN (SELECT xmin FROM sluice.event))");
        } catch (DatabaseException e) {
            if (e.is("42501")) {
                return true;
            }
            throw e;
        }
    }
}
