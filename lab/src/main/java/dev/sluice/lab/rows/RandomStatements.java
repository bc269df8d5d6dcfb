package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.lab.rows.RandomStatement.Kind;
import dev.sluice.postgres.TextForm;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

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
            Kind.UPDATE_DEFAULTS,
            Kind.UPDATE_KEY,
            Kind.UPDATE_ROWS,
            Kind.UPDATE_ROWS,
            Kind.DELETE,
            Kind.DELETE_ROWS);
    private static final int ATTEMPTS = 12;
    /** One in so many rejected statements is given out. */
    private static final int REJECTED_EVERY = 12;
    /** What parents there are is read again after so many statements about a relation. */
    private static final int REFRESH_EVERY = 40;

    private static final String NO_SUCH_PARENT = "23503";
    /** Rows that one statement may write; larger ones would empty the table soon. */
    private static final int MOST_ROWS = 50;

    private static final long FIRST_NUMBER = 1_000_000;

    /** @param left how many more statements it is good for */
    private record Prepared(StatementMaker maker, int left) {}

    private record Cards(QualifiedName relation, List<Kind> kinds) {}

    private final Session session;
    private final Catalog catalog;
    private final Random random;
    private final boolean volatileDefaults;
    private final Judge judge;
    private final Map<QualifiedName, Prepared> prepared = new HashMap<>();
    private final Map<QualifiedName, Optional<WritableRelation>> relations = new HashMap<>();
    private final Map<Cards, Deque<Kind>> decks = new HashMap<>();
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
            Optional<RandomStatement> statement = attempt(target.get(), deal(new Cards(relation, kinds)));
            if (statement.isPresent()
                    && (statement.get().isAccepted() || random.nextInt(REJECTED_EVERY) == 0)
                    && statement.get().rows() <= MOST_ROWS) {
                return statement;
            }
        }
        return Optional.empty();
    }

    /** Each kind comes as often as it is in the list before one comes again: a few statements show many kinds. */
    private Kind deal(Cards cards) {
        Deque<Kind> deck = decks.computeIfAbsent(cards, c -> new ArrayDeque<>());
        if (deck.isEmpty()) {
            List<Kind> shuffled = new ArrayList<>(cards.kinds());
            Collections.shuffle(shuffled, random);
            deck.addAll(shuffled);
        }
        return deck.remove();
    }

    private Optional<WritableRelation> relation(QualifiedName name) {
        return relations.computeIfAbsent(name, n -> WritableRelation.of(catalog, n));
    }

    private Optional<RandomStatement> attempt(WritableRelation relation, Kind kind) {
        Optional<StatementMaker> maker = maker(relation);
        if (maker.isEmpty()) {
            return Optional.empty();
        }
        PresentRows present = read(() -> PresentRows.read(session, relation, random));
        Optional<StatementMaker.Draft> draft = maker.get().draft(kind, present, number);
        number += 8;
        return draft.map(d -> tried(relation, d));
    }

    private Optional<StatementMaker> maker(WritableRelation relation) {
        Prepared known = prepared.get(relation.name());
        if (known != null && known.left() > 0) {
            prepared.put(relation.name(), new Prepared(known.maker(), known.left() - 1));
            return Optional.of(known.maker());
        }
        TableShape shape = TableShape.of(
                relation.table(),
                PartitionBounds.anyOf(relation.table(), PartitionBounds.of(session, catalog, relation.table())));
        Optional<Candidates> candidates = read(() -> Preparation.of(session, catalog, judge, shape, 0, Set.of(), random)
                .candidates());
        return candidates.map(c -> {
            StatementMaker maker = new StatementMaker(catalog, relation, shape, c, volatileDefaults, random);
            prepared.put(relation.name(), new Prepared(maker, REFRESH_EVERY));
            return maker;
        });
    }

    private <T> T read(Supplier<T> work) {
        return RolledBack.run(session, () -> {
            session.execute(TextForm.ofTransaction());
            return work.get();
        });
    }

    private RandomStatement tried(WritableRelation relation, StatementMaker.Draft draft) {
        boolean draws = !catalog.sequences().isEmpty()
                && (draft.sql().startsWith("INSERT")
                        || draft.sql().contains("DEFAULT")
                        || !relation.table().triggers().isEmpty());
        Trial trial = Trial.of(session, draft.sql(), draws);
        if (trial.rejection().filter(NO_SUCH_PARENT::equals).isPresent()) {
            prepared.remove(relation.name());
        }
        return new RandomStatement(
                relation.name(),
                draft.kind(),
                draft.sql(),
                draft.returning(),
                trial.rows(),
                trial.rejection(),
                draft.undetermined());
    }
}
