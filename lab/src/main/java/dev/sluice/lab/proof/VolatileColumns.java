package dev.sluice.lab.proof;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.postgres.DataDiff;
import dev.sluice.postgres.TableDifference;
import dev.sluice.postgres.ValueRule;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns whose values nobody can foretell, found by experiment: two plain runs from one start do not agree on them.
 * Columns that this migration adds and fills from a sequence agree between two plain runs and yet not with a run that
 * takes the rows in another order; nor do those that refer to them.
 */
final class VolatileColumns {
    private static final Set<String> MOMENTS = Set.of("timestamptz", "timestamp", "date");

    private final Catalog start;
    private final DataDiff.Side first;

    /** @param first what the first plain run has made of {@code start} */
    VolatileColumns(Catalog start, DataDiff.Side first) {
        this.start = start;
        this.first = first;
    }

    /**
     * @param second what another plain run has made
     * @param since before both ran
     */
    Map<ObjectRef, ValueRule> rules(DataDiff.Side second, Instant since) {
        Map<ObjectRef, ValueRule> rules = new HashMap<>();
        for (Table table : first.catalog().tables().values()) {
            for (Column column : table.columns()) {
                if (isNew(table, column) && isDrawn(column)) {
                    rules.put(ObjectRef.column(table.name(), column.name()), ValueRule.drawn());
                }
            }
        }
        for (Table table : first.catalog().tables().values()) {
            for (Constraint key : table.foreignKeys()) {
                if (refersTo(key.foreignKey().orElseThrow(), rules.keySet())) {
                    key.columns()
                            .forEach(column ->
                                    rules.putIfAbsent(ObjectRef.column(table.name(), column), ValueRule.chance()));
                }
            }
        }
        for (TableDifference difference : DataDiff.compare(first, second, DataDiff.Options.DEFAULT)) {
            Optional<Table> table = first.catalog().table(difference.table());
            for (Column column : table.map(Table::columns).orElse(List.of())) {
                if (!values(first.session(), difference.table(), column)
                        .equals(values(second.session(), difference.table(), column))) {
                    ValueRule rule = isMoment(second.session(), difference.table(), column)
                            ? ValueRule.moment(since)
                            : ValueRule.chance();
                    rules.put(ObjectRef.column(difference.table(), column.name()), rule);
                }
            }
        }
        return rules;
    }

    private static boolean refersTo(Constraint.ForeignKey key, Set<ObjectRef> columns) {
        return key.columns().stream()
                .map(column -> ObjectRef.column(key.table(), column))
                .anyMatch(columns::contains);
    }

    private boolean isNew(Table table, Column column) {
        return start.table(table.name())
                .flatMap(old -> old.column(column.name()))
                .isEmpty();
    }

    private static boolean isDrawn(Column column) {
        return column.isIdentity()
                || column.ownedSequence().isPresent()
                || column.defaultExpression()
                        .filter(e -> e.contains("nextval("))
                        .isPresent();
    }

    private static String values(Session session, QualifiedName table, Column column) {
        return session.one(
                        "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(ROW(" + Identifier.quote(column.name())
                                + ")::text COLLATE \"C\", 0)::numeric), 0) FROM ONLY " + table.quoted(),
                        row -> row.text(1))
                .orElseThrow();
    }

    private static boolean isMoment(Session session, QualifiedName table, Column column) {
        return session.one(
                        "SELECT t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
                                + " WHERE a.attrelid = to_regclass(?) AND a.attname = ?",
                        row -> MOMENTS.contains(row.text(1)),
                        table.quoted(),
                        column.name())
                .orElse(false);
    }
}
