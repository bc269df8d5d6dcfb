package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.lab.rows.RandomStatement;
import dev.sluice.lab.rows.RandomStatement.Kind;
import dev.sluice.lab.rows.RandomStatements;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Writes at random what an application could write.
 *
 * @param count statements for each state
 */
record RandomVersion(int count, List<Kind> kinds) implements ApplicationVersion {

    /** A row keeps its key, so that it can be followed from one version to the other. */
    static final List<Kind> KEEPING_KEYS = List.of(
            Kind.INSERT,
            Kind.INSERT,
            Kind.INSERT_ROWS,
            Kind.INSERT_OR_NOTHING,
            Kind.UPSERT,
            Kind.UPDATE,
            Kind.UPDATE,
            Kind.UPDATE,
            Kind.UPDATE_NOTHING,
            Kind.UPDATE_DEFAULTS,
            Kind.UPDATE_ROWS,
            Kind.DELETE,
            Kind.DELETE_ROWS);

    static final List<Kind> ALL = all();

    private static List<Kind> all() {
        List<Kind> all = new ArrayList<>(KEEPING_KEYS);
        all.add(Kind.UPDATE_KEY);
        return List.copyOf(all);
    }

    RandomVersion {
        kinds = List.copyOf(kinds);
    }

    @Override
    public Statements on(Session reference, Catalog catalog, List<QualifiedName> targets, long seed) {
        RandomStatements source = RandomStatements.of(reference, catalog, seed);
        Random random = new Random(seed);
        List<QualifiedName> writable =
                targets.stream().filter(source::isWritable).toList();
        return new Statements() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public Optional<VersionStatement> next(Set<QualifiedName> untouchable) {
                List<QualifiedName> open =
                        writable.stream().filter(t -> !untouchable.contains(t)).toList();
                return open.isEmpty()
                        ? Optional.empty()
                        : source.next(open.get(random.nextInt(open.size())), kinds)
                                .map(RandomVersion::statement);
            }
        };
    }

    @Override
    public ApplicationVersion keepingKeys() {
        return new RandomVersion(count, KEEPING_KEYS);
    }

    private static VersionStatement statement(RandomStatement random) {
        return new VersionStatement(random.sql(), random.returning(), false);
    }
}
