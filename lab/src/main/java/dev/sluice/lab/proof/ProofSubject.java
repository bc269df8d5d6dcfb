package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Life;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.run.RunListener;
import java.util.Optional;
import java.util.function.Function;

/**
 * One migration that is being proven, with the databases it is proven on. Databases made by the {@code copy} methods are
 * dropped when the proof of this migration ends. For one thread.
 */
public final class ProofSubject {
    private final Migration migration;
    private final Plan plan;
    private final ProofDatabases databases;
    private final TestDatabase start;
    private final TestDatabase plain;
    private final Catalog startCatalog;
    private final Catalog plainCatalog;
    private final LifeSource lives;
    private final long seed;

    ProofSubject(
            Migration migration,
            Plan plan,
            ProofDatabases databases,
            TestDatabase start,
            TestDatabase plain,
            Catalog startCatalog,
            Catalog plainCatalog,
            LifeSource lives,
            long seed) {
        this.migration = requireNonNull(migration);
        this.plan = requireNonNull(plan);
        this.databases = requireNonNull(databases);
        this.start = requireNonNull(start);
        this.plain = requireNonNull(plain);
        this.startCatalog = requireNonNull(startCatalog);
        this.plainCatalog = requireNonNull(plainCatalog);
        this.lives = requireNonNull(lives);
        this.seed = seed;
    }

    public Migration migration() {
        return migration;
    }

    /** As planned for {@link #start}. */
    public Plan plan() {
        return plan;
    }

    /** The database before the migration, with rows. Only to be read: it is copied and compared with. */
    public TestDatabase start() {
        return start;
    }

    /** The same database after the plain script. Only to be read. */
    public TestDatabase plain() {
        return plain;
    }

    public Catalog startCatalog() {
        return startCatalog;
    }

    public Catalog plainCatalog() {
        return plainCatalog;
    }

    /** A new database with the schema and the rows of {@link #start}. No session may be open on that meanwhile. */
    public TestDatabase copyOfStart() {
        return databases.copy(start);
    }

    /** A new database with the schema and the rows of {@link #plain}. No session may be open on that meanwhile. */
    public TestDatabase copyOfPlain() {
        return databases.copy(plain);
    }

    /** A new database with the schema and the rows of another copy. No session may be open on that meanwhile. */
    public TestDatabase copy(TestDatabase original) {
        return databases.copy(original);
    }

    /**
     * Deletes rows from a copy until the plain script would work on it.
     *
     * @param failure how the plain script failed on that copy
     * @return what was done; empty when the script fails on empty tables too
     */
    public Optional<String> repair(TestDatabase copy, DatabaseException failure) {
        return new RowRepair(databases, copy, migration).run(failure);
    }

    /** Drops a copy earlier than the end of the proof; sessions on it are ended. */
    public void drop(TestDatabase copy) {
        databases.drop(copy);
    }

    /** Takes the migration through that database (a copy of {@link #start}) as a user would, command by command. */
    public Life life(TestDatabase database, RunListener listener) {
        return lives.on(database, life -> listener);
    }

    /** The same with a listener that wants to interrupt. */
    public Life interruptibleLife(TestDatabase database, Function<Life, RunListener> listener) {
        return lives.on(database, listener);
    }

    /** For random choices: the same in every run with the same options, another one for each migration. */
    public long seed() {
        return seed;
    }
}
