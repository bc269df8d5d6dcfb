package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.rows.RandomStatement.Kind;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Random statements that an application could send to a database as it is now: it reads some rows, writes a statement about
 * them, and tries it in a transaction that it rolls back. Nearly all statements are ones PostgreSQL accepts; the others say
 * with which SQLSTATE it does not. Sequences that the trial advanced are set back, so the database is afterwards as before.
 *
 * <p>The same seed on the same rows gives the same statements. Nobody else may write meanwhile. Confined to one thread.
 */
public final class RandomStatements {

    private static final List<Kind> KINDS = List.of(
            Kind.INSERT,
            Kind.INSERT,
            Kind.INSERT,
            Kind.INSERT_ROWS,
            Kind.INSERT_ROWS,
            Kind.INSERT_OR_NOTHING,
            Kind.UPSERT,
            Kind.UPSERT,
            Kind.UPDATE,
            Kind.UPDATE,
            Kind.UPDATE,
            Kind.UPDATE,
            Kind.UPDATE_NOTHING,
            Kind.UPDATE_KEY,
            Kind.UPDATE_ROWS,
            Kind.UPDATE_ROWS,
            Kind.DELETE,
            Kind.DELETE_ROWS);
    private static final int ATTEMPTS = 12;
    /** One in so many rejected statements is given out. */
    private static final int REJECTED_EVERY = 12;
    /** What parents there are is read again after so many statements. */
    private static final int REFRESH_EVERY = 30;
    /** Rows that one statement may write; larger ones would empty the table soon. */
    private static final int MOST_ROWS = 50;

    private static final long FIRST_NUMBER = 1_000_000;

    private record Prepared(WritableRelation relation, StatementMaker maker, int since) {}

    private final Session session;
    private final Catalog catalog;
    private final Random random;
    private final boolean volatileDefaults;
    private final Judge judge;
    private final Map<QualifiedName, Prepared> prepared = new HashMap<>();
    private final Map<QualifiedName, Optional<WritableRelation>> relations = new HashMap<>();
    private int made;
    private long number = FIRST_NUMBER;

    private RandomStatements(Session session, Catalog catalog, long seed, boolean volatileDefaults) {
        this.session = session;
        this.catalog = catalog;
        this.random = new Random(seed);
        this.volatileDefaults = volatileDefaults;
        this.judge = new Judge(session);
    }

    /**
     * Statements that never leave a column to a volatile default: what they write is the same everywhere.
     *
     * @param session of the database that the statements must be valid for; it may write there; in no transaction
     * @param catalog of that database
     */
    public static RandomStatements of(Session session, Catalog catalog, long seed) {
        return new RandomStatements(session, catalog, seed, false);
    }

    /** Like {@link #of}, but columns may be left to {@code now()} and the like: see {@link RandomStatement#undetermined()}. */
    public static RandomStatements withVolatileDefaults(Session session, Catalog catalog, long seed) {
        return new RandomStatements(session, catalog, seed, true);
    }

    /** Whether statements can be written about this table or view at all: a view must be one PostgreSQL updates by itself. */
    public boolean isWritable(QualifiedName relation) {
        return relation(relation).isPresent();
    }

    /**
     * The next statement about this table or view.
     *
     * @return empty when none was found: the relation is not writable, a parent it needs has no rows, …
     */
    public Optional<RandomStatement> next(QualifiedName relation) {
        return next(relation, KINDS);
    }

    /** The next statement of one of these kinds; the more often a kind is in the list the more often it comes. */
    public Optional<RandomStatement> next(QualifiedName relation, List<Kind> kinds) {
        Optional<WritableRelation> target = relation(relation);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<RandomStatement> statement = attempt(target.get(), Values.pick(random, kinds));
            if (statement.isPresent()
                    && (statement.get().isAccepted() || random.nextInt(REJECTED_EVERY) == 0)
                    && statement.get().rows() <= MOST_ROWS) {
                made++;
                return statement;
            }
        }
        return Optional.empty();
    }

    private Optional<WritableRelation> relation(QualifiedName name) {
        return relations.computeIfAbsent(name, n -> WritableRelation.of(catalog, n));
    }

    private Optional<RandomStatement> attempt(WritableRelation relation, Kind kind) {
        Optional<StatementMaker> maker = maker(relation);
        if (maker.isEmpty()) {
            return Optional.empty();
        }
        PresentRows present = SessionSettings.rolledBack(session, () -> PresentRows.read(session, relation, random));
        Optional<StatementMaker.Draft> draft = maker.get().draft(kind, present, number);
        number += 8;
        return draft.map(d -> tried(relation, d));
    }

    private Optional<StatementMaker> maker(WritableRelation relation) {
        Prepared known = prepared.get(relation.name());
        if (known != null && made - known.since() < REFRESH_EVERY) {
            return Optional.of(known.maker());
        }
        TableShape shape = TableShape.of(
                relation.table(),
                PartitionBounds.anyOf(relation.table(), PartitionBounds.of(session, catalog, relation.table())));
        Optional<Candidates> candidates = SessionSettings.rolledBack(
                session,
                () -> Preparation.of(session, catalog, judge, shape, 0, Set.of(), random)
                        .candidates());
        return candidates.map(c -> {
            StatementMaker maker = new StatementMaker(catalog, relation, shape, c, volatileDefaults, random);
            prepared.put(relation.name(), new Prepared(relation, maker, made));
            return maker;
        });
    }

    private RandomStatement tried(WritableRelation relation, StatementMaker.Draft draft) {
        Map<QualifiedName, Optional<Long>> sequences = sequences();
        long rows = 0;
        Optional<String> rejection = Optional.empty();
        try {
            rows = SessionSettings.rolledBack(session, () -> {
                long count = session.execute(draft.sql());
                session.execute("SET CONSTRAINTS ALL IMMEDIATE");
                return count;
            });
        } catch (DatabaseException e) {
            if (e.isConnectionLost() || e.isCancelled()) {
                throw e;
            }
            rejection = Optional.of(e.sqlState());
        }
        sequences().forEach((sequence, value) -> {
            Optional<Long> before = sequences.getOrDefault(sequence, Optional.empty());
            if (!before.equals(value)) {
                setBack(sequence, before);
            }
        });
        return new RandomStatement(
                relation.name(), draft.kind(), draft.sql(), draft.returning(), rows, rejection, draft.undetermined());
    }

    /** The last value that each sequence gave; empty when it gave none. */
    private Map<QualifiedName, Optional<Long>> sequences() {
        Map<QualifiedName, Optional<Long>> values = new HashMap<>();
        session.query(
                "SELECT schemaname, sequencename, last_value FROM pg_catalog.pg_sequences",
                row -> values.put(QualifiedName.of(row.text(1), row.text(2)), row.numberIfAny(3)) == null);
        return values;
    }

    private void setBack(QualifiedName sequence, Optional<Long> value) {
        String name = Identifier.literal(sequence.quoted()) + "::pg_catalog.regclass";
        session.execute(value.map(v -> "SELECT pg_catalog.setval(" + name + ", " + v + ", true)")
                .orElse("SELECT pg_catalog.setval(" + name
                        + ", (SELECT seqstart FROM pg_catalog.pg_sequence WHERE seqrelid = " + name + "), false)"));
    }
}
