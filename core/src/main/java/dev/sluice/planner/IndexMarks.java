package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;

/** What is said of an index beside its definition, and goes when the index goes. Pure. */
record IndexMarks(Table table, Index index) {

    IndexMarks {
        requireNonNull(table);
        requireNonNull(index);
    }

    /** What PostgreSQL keeps when it builds the index anew for a column of another type. */
    List<String> kept() {
        String alter = "ALTER TABLE " + table.name().quoted();
        String name = Identifier.quote(index.name().name());
        List<String> statements = new ArrayList<>();
        if (index.clustered()) {
            statements.add(alter + " CLUSTER ON " + name);
        }
        if (index.replicaIdentity()) {
            statements.add(alter + " REPLICA IDENTITY USING INDEX " + name);
        }
        index.comment()
                .ifPresent(text -> statements.add(
                        "COMMENT ON INDEX " + index.name().quoted() + " IS " + Identifier.literal(text)));
        return statements;
    }

    List<String> all() {
        List<String> statements = new ArrayList<>(kept());
        for (String target : index.statisticsTargets()) {
            String[] columnAndTarget = target.split("=", 2);
            statements.add("ALTER INDEX " + index.name().quoted() + " ALTER COLUMN " + columnAndTarget[0]
                    + " SET STATISTICS " + columnAndTarget[1]);
        }
        return statements;
    }
}
