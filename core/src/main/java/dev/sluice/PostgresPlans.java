package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.planner.Directives;
import dev.sluice.planner.PlanRequest;
import dev.sluice.planner.Planner;
import dev.sluice.planner.Protection;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.op.Operations;
import dev.sluice.run.OwnRows;
import dev.sluice.run.PlanSource;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Plans made for the database as it is: reads its catalog and asks the planner. One per run, because it remembers what
 * was there when the run began: what the run itself created has nobody to be protected from.
 *
 * <p>A database in which nothing is to be protected when the run begins (no rows, or none but those of migrations) is planned against that first catalog for the
 * whole run, so that building a fresh one reads the catalog once, and each plan is made while the server works on the
 * migration before. A plan that is asked for again (its tables were not empty any more when it ran) ends that. Not
 * thread-safe.
 */
public final class PostgresPlans implements PlanSource, AutoCloseable {
    private final PgParser parser;
    private final Planner planner;
    private final boolean ownParser;
    private final Function<Session, Catalog> catalogs;
    private final Ahead<Prepared> ahead = new Ahead<>();
    private Optional<Set<QualifiedName>> atFirst = Optional.empty();
    /** Belongs to the thread that works ahead, until that has settled. */
    private Optional<FreshDatabase> fresh = Optional.empty();

    /** What can be done for a migration before those before it have run: always its script, on a fresh database its plan. */
    private record Prepared(Script script, Optional<Plan> plan) {}

    /** With a parser of its own, which costs 150 ms and 40 MB at first use. */
    public PostgresPlans() {
        this(new PgParser(), true, PostgresPlans::read);
    }

    private PostgresPlans(PgParser parser, boolean ownParser, Function<Session, Catalog> catalogs) {
        this.parser = parser;
        this.planner = new Planner(parser, Operations.ALL);
        this.ownParser = ownParser;
        this.catalogs = requireNonNull(catalogs);
    }

    /**
     * For many runs on databases that nobody else changes.
     *
     * @param parser serves them all: closing the plans leaves it open
     * @param catalogs the catalog as it is when a plan is asked for, with the role's own search path
     */
    public static PostgresPlans with(PgParser parser, Function<Session, Catalog> catalogs) {
        return new PostgresPlans(requireNonNull(parser), false, catalogs);
    }

    /** Begins to load what every plan needs, and returns at once: for who has other things to do before asking for one. */
    public void load() {
        parser.load();
    }

    @Override
    public void expect(List<Migration> migrations) {
        ahead.expect(migrations);
        ahead.begin(1, this::prepare); // its script, while the catalog is read
    }

    @Override
    public Plan plan(Migration migration, Session session) {
        requireNonNull(migration);
        // while the script is parsed; a fresh database may not need it
        Optional<Catalog> read = fresh.isPresent() ? Optional.empty() : Optional.of(catalogs.apply(session));
        Optional<Prepared> prepared = ahead.take(migration);
        Plan plan = prepared.flatMap(Prepared::plan).orElseGet(() -> {
            ahead.settle();
            return plan(
                    reference(migration),
                    prepared.map(Prepared::script).orElseGet(() -> script(migration.up())),
                    () -> migration.down().map(this::script),
                    new Directives(migration.up().directives()),
                    session,
                    read);
        });
        ahead.begin(Ahead.MOST, this::prepare);
        return plan;
    }

    private Prepared prepare(Migration migration) {
        Script script = script(migration.up());
        return new Prepared(
                script,
                fresh.flatMap(FreshDatabase::catalog)
                        .map(catalog -> plan(
                                reference(migration),
                                script,
                                Optional.empty(),
                                new Directives(migration.up().directives()),
                                catalog,
                                false)));
    }

    /**
     * The down script is a script like any other, whose inverse is the up script: as written when its tables have nothing
     * to protect, otherwise its expand and contract steps in their order, because going back has no deploy in between.
     */
    @Override
    public Optional<Plan> planDown(Migration migration, Session session) {
        return migration.down().map(down -> {
            Plan plan = plan(
                    reference(migration),
                    script(down),
                    () -> Optional.of(script(migration.up())),
                    new Directives(down.directives()),
                    session,
                    Optional.empty());
            List<Step> steps = new ArrayList<>(plan.expand());
            steps.addAll(plan.contract());
            return new Plan(
                    plan.migration(),
                    plan.serverVersion(),
                    plan.catalogFingerprint(),
                    plan.searchPath(),
                    steps,
                    List.of(),
                    List.of(),
                    plan.notes());
        });
    }

    private static Catalog read(Session session) {
        return CatalogReader.read(session, CatalogReader.Options.DEFAULT.with(CatalogReader.SearchPath.OF_ROLE));
    }

    private Plan plan(
            Plan.MigrationRef reference,
            Script up,
            Supplier<Optional<Script>> down,
            Directives directives,
            Session session,
            Optional<Catalog> read) {
        boolean again = fresh.filter(f -> f.hasPlanned(reference.version())).isPresent();
        if (again) {
            fresh = Optional.empty();
        }
        Optional<Catalog> atBegin = fresh.flatMap(FreshDatabase::catalog);
        Catalog catalog = atBegin.or(() -> read).orElseGet(() -> catalogs.apply(session));
        if (atFirst.isEmpty()) {
            atFirst = Optional.of(relations(catalog));
            fresh = unprotected(catalog, session).map(FreshDatabase::new);
        }
        // parsing the inverse would be a third of the work of building a fresh database
        boolean asIs = atBegin.isEmpty();
        return plan(reference, up, asIs ? down.get() : Optional.empty(), directives, catalog, asIs);
    }

    /** @param asIs whether the catalog is that of the database now, not of the beginning of the run */
    private Plan plan(
            Plan.MigrationRef reference,
            Script up,
            Optional<Script> down,
            Directives directives,
            Catalog catalog,
            boolean asIs) {
        Set<QualifiedName> created = relations(catalog);
        created.removeAll(atFirst.orElseThrow());
        fresh.ifPresent(f -> created.addAll(f.touched()));
        PlanRequest request = new PlanRequest(reference, up, down, directives, catalog, created);
        Plan plan = asIs ? planner.plan(request) : planner.planForFreshDatabase(request);
        fresh.ifPresent(f -> f.planned(reference.version(), catalog, up));
        return plan;
    }

    /** The tables that hold rows nobody will miss; empty when there is something to protect. */
    private static Optional<Set<QualifiedName>> unprotected(Catalog catalog, Session session) {
        return new Protection(catalog, Set.of()).nothingToProtect()
                ? Optional.of(Set.of())
                : OwnRows.tables(session, catalog);
    }

    /** Gives the memory of a parser of its own back. */
    @Override
    public void close() {
        ahead.close();
        if (ownParser) {
            parser.close();
        }
    }

    private Script script(MigrationScript script) {
        return Script.parse(parser, script.source(), script.startOffset(), script.endOffset());
    }

    private static Plan.MigrationRef reference(Migration migration) {
        return new Plan.MigrationRef(migration.version(), migration.name(), migration.checksum());
    }

    private static Set<QualifiedName> relations(Catalog catalog) {
        Set<QualifiedName> relations = new HashSet<>(catalog.tables().keySet());
        relations.addAll(catalog.views().keySet());
        relations.addAll(catalog.sequences().keySet());
        return relations;
    }
}
