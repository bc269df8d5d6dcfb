package dev.sluice.lab.fuzz;

import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.diff.Difference;
import dev.sluice.lab.life.Companion;
import dev.sluice.lab.life.Course;
import dev.sluice.lab.life.Life;
import dev.sluice.lab.life.Stage;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Plan;
import dev.sluice.planner.PlanRefusedException;
import dev.sluice.planner.Refusal;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.PlanSource;
import dev.sluice.run.RunEvent;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes one scenario through its life on one database, and plainly on another. For one scenario and thread. */
final class ScenarioLife implements Companion {

    private static final String LEFTOVERS = """
            SELECT 'relation ' || relname FROM pg_class
            WHERE relkind IN ('r', 'v', 'S') AND relnamespace::regnamespace::text LIKE 'sluice%'
              AND (relname LIKE 'sluice\\_%' OR relnamespace = to_regnamespace('sluice_archive'))
            UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 'sluice%'
            """;

    private final PooledDatabase planned;
    private final PooledDatabase plain;
    private final PgParser parser;
    private final Scenario scenario;
    private final Life life;
    private Optional<Catalog> known = Optional.empty();
    private Optional<Plan> started = Optional.empty();
    private Optional<Plan> first = Optional.empty();
    private Optional<State> start = Optional.empty();
    private Optional<State> end = Optional.empty();
    private List<Writes> oldShape = List.of();
    private List<Writes> newShape = List.of();

    /** @param parser open as long as this is used */
    ScenarioLife(PooledDatabase planned, PooledDatabase plain, PgParser parser, Settings settings, Scenario scenario) {
        this.planned = planned;
        this.plain = plain;
        this.parser = parser;
        this.scenario = scenario;
        this.life = new Life(planned::open, scenario.migration(), this::plans, settings, self -> this::remember);
    }

    private PlanSource plans() {
        return PostgresPlans.with(parser, this::catalogForPlan);
    }

    /** Thrown to leave the life where it failed. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Verdict verdict;

        Broken(String stage, String detail) {
            super(stage, null, false, false);
            this.verdict = Verdict.failed(stage, detail);
        }
    }

    /** @param plainEnd the schema of {@code plain}, if that has had schema, rows and migration already */
    Verdict run(Optional<Catalog> plainEnd) {
        planned.empty();
        Optional<String> plainFailure = Optional.empty();
        try {
            if (plainEnd.isEmpty()) {
                plain.empty();
                plain.execute(scenario.schema());
                plainFailure = plainRun();
            }
            planned.execute(scenario.schema());
            planned.execute(scenario.statistics());
        } catch (DatabaseException e) {
            return Verdict.invalid(String.valueOf(e.getMessage()));
        }
        try {
            return plainFailure.isPresent() ? failing(plainFailure.get()) : whole(plainEnd);
        } catch (PlanRefusedException e) {
            return Verdict.refused(e.refusals().stream().map(Refusal::hazard).toList(), String.valueOf(e.getMessage()));
        } catch (Broken e) {
            return e.verdict;
        }
    }

    /** The next plan is made from this reading: nothing changes the schema in between. */
    private State beforeUp() {
        State state = State.of(planned);
        known = Optional.of(state.catalog());
        return state;
    }

    private Catalog catalogForPlan(Session session) {
        Catalog catalog = known.orElseGet(() -> CatalogReader.read(session));
        known = Optional.empty();
        return catalog;
    }

    private Optional<String> plainRun() {
        try {
            plain.execute(withoutConcurrently(scenario.upScript()));
            return Optional.empty();
        } catch (DatabaseException e) {
            if (!isDataError(e)) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static boolean isDataError(DatabaseException e) {
        return e.error().sqlState().startsWith("22") || e.error().sqlState().startsWith("23");
    }

    /** The plain run goes as one multi-statement string. */
    static String withoutConcurrently(String script) {
        return script.replace(" CONCURRENTLY", "");
    }

    private Verdict whole(Optional<Catalog> plainEnd) {
        end = Optional.of(State.of(plain, session -> plainEnd.orElseGet(() -> CatalogReader.read(session))));
        // before the plan's reading: a table that somebody wrote to is no longer one that nobody needs
        oldShape = Writes.working(planned, Writes.old(scenario));
        start = Optional.of(beforeUp());
        newShape = Writes.working(plain, Writes.fresh(end.get().catalog()));
        Course.run(this);
        return Verdict.proven();
    }

    @Override
    public Life life() {
        return life;
    }

    @Override
    public boolean goes(Stage stage) {
        return switch (stage) {
            case DOWN, CONTRACT -> Promises.isReversible(first.orElseThrow());
            case DOWN_AFTER_CONTRACT -> goes(Stage.CONTRACT) && isReversibleAgain();
            default -> true;
        };
    }

    /**
     * The second plan may be that of a script as written, if a table is empty: what was tried out there and rolled back left
     * pages, by which the first plan took it for one in use, and the first life may have written it anew without them.
     */
    private boolean isReversibleAgain() {
        Plan second = started.orElseThrow();
        if (Promises.isAsWritten(second) && scenario.tables().stream().noneMatch(table -> table.rows() == 0)) {
            broken("second plan", "it runs as written, though all tables have rows");
        }
        return Promises.isReversible(second);
    }

    @Override
    public void live(Stage stage, Runnable command) {
        if (stage == Stage.LAST_CONTRACT) {
            Plan plan = started.orElseThrow();
            if (!Promises.saysThatRowsAreReadOnce(plan)) {
                oldVersionWrites(stillOld(plan, oldShape)).ifPresent(state -> end = Optional.of(state));
            }
        }
        try {
            command.run();
        } catch (RuntimeException e) {
            if (stage == Stage.UP && e instanceof PlanRefusedException) {
                throw e;
            }
            throw new Broken(stage.words(), text(e));
        }
    }

    @Override
    public void look(Stage stage) {
        switch (stage) {
            case UP -> bothVersionsWork(started.orElseThrow());
            case DOWN, DOWN_AFTER_CONTRACT -> back(stage.words(), start.orElseThrow());
            case CONTRACT -> forth(stage.words(), State.of(planned));
            case PURGE -> {
                State left = State.of(planned);
                forth(stage.words(), left);
                strict(end.orElseThrow(), left, first.orElseThrow());
            }
            case SECOND_UP, THIRD_UP, LAST_CONTRACT -> {
                // what comes next tells
            }
        }
    }

    private void bothVersionsWork(Plan plan) {
        first = Optional.of(plan);
        oldShape = stillOld(plan, oldShape);
        Writes.failures(planned, oldShape, start.orElseThrow().catalog())
                .filter(f -> !changesRows())
                .ifPresent(f -> broken("old shape after up", f));
        List<Writes> promised = newShape.stream()
                .filter(write -> !Promises.saysThatDefaultWaits(plan, write))
                .toList();
        Writes.failures(planned, promised, end.orElseThrow().catalog())
                .filter(f -> !Promises.saysThatTheNewVersionWaits(plan))
                .ifPresent(f -> broken("new shape after up", f + "\n" + Promises.notes(plan)));
    }

    /**
     * The old version writes once more before contract: what it wrote has to end as if it had been there before a plain run.
     *
     * @return that plain run; empty when nothing was written, because it would fail or would not say what must come out
     */
    private Optional<State> oldVersionWrites(List<Writes> old) {
        List<Writes> writes = LateWrites.of(scenario, old);
        if (writes.isEmpty()) {
            return Optional.empty();
        }
        List<Writes> written = new ArrayList<>();
        try {
            plain.empty();
            plain.execute(scenario.schema());
            written.addAll(writes.stream().filter(this::writesPlainly).toList());
            plain.execute(withoutConcurrently(scenario.upScript()));
        } catch (DatabaseException e) {
            return Optional.empty();
        }
        step("late write of the old version", () -> written.forEach(write -> planned.execute(write.sql())));
        return Optional.of(State.of(plain));
    }

    private boolean writesPlainly(Writes write) {
        try {
            plain.execute(write.sql());
            return true;
        } catch (DatabaseException e) {
            return false;
        }
    }

    /** The plain run failed on the data: so must the plan, and down must bring back what was. */
    private Verdict failing(String plainFailure) {
        State before = State.of(planned);
        try {
            life().up();
            life().contract();
        } catch (PlanRefusedException e) {
            throw e;
        } catch (SluiceException e) {
            step("down after failure", () -> life().down());
            if (started.filter(Promises::saysThatRowsStay).isPresent()) {
                sameSchema("down after failure", before, State.of(planned), true);
            } else {
                back("down after failure", before);
            }
            return Verdict.failsAlike();
        } catch (RuntimeException e) {
            throw new Broken("up or contract", text(e));
        }
        throw new Broken("success where the plain run fails", plainFailure);
    }

    private static void step(String stage, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            throw new Broken(stage, text(e));
        }
    }

    /** Rows that the script deletes or changes cannot be pointed to any more. */
    private boolean changesRows() {
        return scenario.up().stream().anyMatch(sql -> sql.startsWith("DELETE") || sql.startsWith("UPDATE"));
    }

    /**
     * What the old version can be asked for after up. Not statements on an empty table, if the plan takes what the script
     * touches for tables that nobody needs: those that were tried out were rolled back, and the server counts them late. Nor
     * those that fail in a plain run, too, because a new row refers to one that they change.
     */
    private List<Writes> stillOld(Plan plan, List<Writes> old) {
        List<String> empty = scenario.tables().stream()
                .filter(t -> t.rows() == 0 && Promises.isAsWritten(plan))
                .map(t -> " " + t.name().quoted() + " ")
                .toList();
        List<Writes> refused = insertsRows() ? Writes.refusedForReferences(plain, old) : List.of();
        return old.stream()
                .filter(write -> empty.stream().noneMatch(write.sql()::contains) && !refused.contains(write))
                .toList();
    }

    private boolean insertsRows() {
        return scenario.up().stream().anyMatch(sql -> sql.startsWith("INSERT"));
    }

    /** What triggers of the schema logged stays, if the plan says so: the next life must not find it. */
    private void back(String stage, State expected) {
        State actual = State.of(planned);
        boolean logStays = started.filter(Promises::saysThatEffectsStay).isPresent();
        same(stage, logStays ? expected.withoutLog() : expected, actual, true);
        if (actual.catalog().table(QualifiedName.of("public", Acting.LOG)).isPresent()) {
            planned.execute("DELETE FROM public." + Acting.LOG);
        }
        known = Optional.of(actual.catalog());
    }

    private void forth(String stage, State actual) {
        boolean effectsDiffer = started.filter(Promises::saysThatEffectsDiffer).isPresent();
        State expected = end.orElseThrow();
        same(stage, effectsDiffer ? expected.withoutActing() : expected, actual, false);
    }

    private static void same(String stage, State expected, State actual, boolean back) {
        sameSchema(stage, expected, actual, back);
        String rows = expected.contents().difference(actual.contents());
        if (!rows.isEmpty()) {
            throw new Broken(stage + ": rows differ", rows);
        }
    }

    private static void sameSchema(String stage, State expected, State actual, boolean back) {
        List<Difference> differences =
                CatalogDiff.compare(expected.catalog(), actual.catalog(), CatalogDiff.Options.WITHOUT_SLUICE).stream()
                        // PostgreSQL cannot remove a label
                        .filter(d -> !back || !d.attribute().equals("labels"))
                        .toList();
        if (!differences.isEmpty()) {
            throw new Broken(stage + ": schema differs", text(differences));
        }
    }

    /** A table that the migration made, with rows, stays in the archive after down: nobody else has those rows. */
    private void strict(State expected, State actual, Plan plan) {
        List<Difference> left = CatalogDiff.compare(expected.catalog(), actual.catalog(), CatalogDiff.Options.STRICT);
        if (!left.isEmpty()) {
            throw new Broken("leftovers after purge", text(left));
        }
        List<String> ours;
        try (Session session = planned.session("test")) {
            ours = session.query(LEFTOVERS, row -> row.text(1)).stream()
                    .filter(name -> name.startsWith("function") || !Promises.createsTable(plan))
                    .toList();
        }
        if (!ours.isEmpty()) {
            throw new Broken("leftovers after purge", String.join(", ", ours));
        }
    }

    private void remember(RunEvent event) {
        if (event instanceof RunEvent.MigrationStarted) {
            started = Optional.of(((RunEvent.MigrationStarted) event).plan());
        }
    }

    private static void broken(String stage, String detail) {
        throw new Broken(stage, detail);
    }

    private static String text(List<Difference> differences) {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }

    /** Errors of ours say all in their message; for any other the place matters. */
    private static String text(RuntimeException e) {
        return e instanceof SluiceException
                ? String.valueOf(e.getMessage())
                : e + "\n  at "
                        + List.of(e.getStackTrace()).stream()
                                .limit(6)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n  at "));
    }
}
