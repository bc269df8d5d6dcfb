package dev.sluice.lab.fuzz;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.diff.Difference;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Note;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.planner.PlanRefusedException;
import dev.sluice.planner.Refusal;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.DownOptions;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes one scenario through its life on one database, and plainly on another. For one scenario and thread. */
final class Life {

    private static final String LEFTOVERS = """
            SELECT 'relation ' || relname FROM pg_class
            WHERE relkind IN ('r', 'v', 'S') AND relnamespace::regnamespace::text LIKE 'sluice%'
              AND (relname LIKE 'sluice\\_%' OR relnamespace = to_regnamespace('sluice_archive'))
            UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 'sluice%'
            """;

    private static final Pattern WAITS = Pattern.compile(
            "the new version (finds|cannot insert)|until then the new version|only after contract|waits for contract");

    private final PooledDatabase planned;
    private final PooledDatabase plain;
    private final PgParser parser;
    private final Settings settings;
    private Optional<Catalog> known = Optional.empty();
    private Optional<Migration> migration = Optional.empty();
    private Optional<Plan> started = Optional.empty();

    /** @param parser open as long as this is used */
    Life(PooledDatabase planned, PooledDatabase plain, PgParser parser, Settings settings) {
        this.planned = planned;
        this.plain = plain;
        this.parser = parser;
        this.settings = settings;
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

    /** Everything about a database at one moment. */
    private record State(Catalog catalog, Contents contents) {
        static State of(PooledDatabase database) {
            return of(database, CatalogReader::read);
        }

        static State of(PooledDatabase database, Function<Session, Catalog> reader) {
            try (Session session = database.session("test")) {
                Catalog catalog = reader.apply(session);
                return new State(catalog, Contents.read(session, catalog));
            }
        }
    }

    /** @param plainEnd the schema of {@code plain}, if that has had schema, rows and migration already */
    Verdict run(Scenario scenario, Optional<Catalog> plainEnd) {
        planned.empty();
        Optional<String> plainFailure = Optional.empty();
        try {
            if (plainEnd.isEmpty()) {
                plain.empty();
                plain.execute(scenario.schema());
                plainFailure = plainRun(scenario);
            }
            planned.execute(scenario.schema());
            planned.execute(scenario.statistics());
        } catch (DatabaseException e) {
            return Verdict.invalid(String.valueOf(e.getMessage()));
        }
        try {
            return plainFailure.isPresent() ? failing(scenario, plainFailure.get()) : whole(scenario, plainEnd);
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

    private Optional<String> plainRun(Scenario scenario) {
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

    private Verdict whole(Scenario scenario, Optional<Catalog> plainEnd) {
        State end = State.of(plain, session -> plainEnd.orElseGet(() -> CatalogReader.read(session)));
        // before the plan's reading: a table that somebody wrote to is no longer one that nobody needs
        List<Writes> oldShape = Writes.working(planned, Writes.old(scenario));
        State start = beforeUp();
        List<Writes> newShape = Writes.working(plain, Writes.fresh(end.catalog()));
        Plan plan = firstUp(scenario);
        List<Writes> stillOld = stillOld(plan, scenario, oldShape);
        Writes.failures(planned, stillOld, start.catalog())
                .filter(f -> !changesRows(scenario))
                .ifPresent(f -> broken("old shape after up", f));
        Writes.failures(planned, newShape, end.catalog())
                .filter(f -> !saysThatTheNewVersionWaits(plan))
                .ifPresent(f -> broken("new shape after up", f + "\n" + notes(plan)));
        if (isReversible(plan)) {
            step("down", () -> command(scenario, m -> m.down(DownOptions.last())));
            same("down", start, beforeUp(), true);
            step("second up", () -> command(scenario, m -> m.up(UpOptions.all())));
            step("contract", () -> command(scenario, m -> m.contract(Optional.empty())));
            same("contract", end, State.of(planned), false);
            // by now a table may be one that nobody needs: then this plan is that of a script as written
            if (started.filter(Life::isReversible).isPresent()) {
                step("down after contract", () -> command(scenario, m -> m.down(DownOptions.last())));
                same("down after contract", start, beforeUp(), true);
                step("third up", () -> command(scenario, m -> m.up(UpOptions.all())));
            }
        }
        State last = oldVersionWrites(scenario, stillOld(started.orElse(plan), scenario, stillOld))
                .orElse(end);
        step("last contract", () -> command(scenario, m -> m.contract(Optional.empty())));
        step("purge", () -> command(scenario, m -> m.purge(Optional.empty())));
        State left = State.of(planned);
        same("purge", last, left, false);
        strict(last, left, plan);
        return Verdict.proven();
    }

    /**
     * The old version writes once more before contract: what it wrote has to end as if it had been there before a plain run.
     *
     * @return that plain run; empty when nothing was written, because it would fail or would not say what must come out
     */
    private Optional<State> oldVersionWrites(Scenario scenario, List<Writes> oldShape) {
        List<Writes> writes = LateWrites.of(scenario, oldShape);
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
    private Verdict failing(Scenario scenario, String plainFailure) {
        State start = State.of(planned);
        try {
            command(scenario, m -> m.up(UpOptions.all()));
            command(scenario, m -> m.contract(Optional.empty()));
        } catch (PlanRefusedException e) {
            throw e;
        } catch (SluiceException e) {
            step("down after failure", () -> command(scenario, m -> m.down(DownOptions.last())));
            State back = State.of(planned);
            if (started.filter(Life::saysThatRowsStay).isPresent()) {
                sameSchema("down after failure", start, back, true);
            } else {
                same("down after failure", start, back, true);
            }
            return Verdict.failsAlike();
        } catch (RuntimeException e) {
            throw new Broken("up or contract", text(e));
        }
        throw new Broken("success where the plain run fails", plainFailure);
    }

    private Plan firstUp(Scenario scenario) {
        try {
            RunResult result = command(scenario, m -> m.up(UpOptions.all()));
            return result.outcomes().get(0).plan();
        } catch (PlanRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Broken("up", text(e));
        }
    }

    private static void step(String stage, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            throw new Broken(stage, text(e));
        }
    }

    /** Whether down promises the start; what it does not promise, the plan has to say. */
    private static boolean isReversible(Plan plan) {
        return !isAsWritten(plan)
                && plan.notes().stream()
                        .noneMatch(note -> note.level() == Note.Level.LOSS
                                || note.text().contains("cannot be taken back")
                                || note.text().contains("down does not"));
    }

    /** Rows that the script deletes or changes cannot be pointed to any more. */
    private static boolean changesRows(Scenario scenario) {
        return scenario.up().stream().anyMatch(sql -> sql.startsWith("DELETE") || sql.startsWith("UPDATE"));
    }

    /**
     * What the old version can be asked for after up. Not statements on an empty table, if the plan takes what the script
     * touches for tables that nobody needs: those that were tried out were rolled back, and the server counts them late. Nor
     * those that fail in a plain run, too, because a new row refers to one that they change.
     */
    private List<Writes> stillOld(Plan plan, Scenario scenario, List<Writes> oldShape) {
        List<String> empty = scenario.tables().stream()
                .filter(t -> t.rows() == 0 && isAsWritten(plan))
                .map(t -> " " + t.name().quoted() + " ")
                .toList();
        List<Writes> refused = insertsRows(scenario) ? Writes.refusedForReferences(plain, oldShape) : List.of();
        return oldShape.stream()
                .filter(write -> empty.stream().noneMatch(write.sql()::contains) && !refused.contains(write))
                .toList();
    }

    private static boolean insertsRows(Scenario scenario) {
        return scenario.up().stream().anyMatch(sql -> sql.startsWith("INSERT"));
    }

    private static boolean isAsWritten(Plan plan) {
        return !plan.expand().isEmpty()
                && plan.expand().stream().allMatch(s -> s.info().undo().isEmpty());
    }

    /** The plan has to say what the new version finds only after contract. */
    private static boolean saysThatTheNewVersionWaits(Plan plan) {
        return plan.notes().stream()
                .anyMatch(note -> note.level() != Note.Level.INFO
                        && WAITS.matcher(note.text()).find());
    }

    private static String notes(Plan plan) {
        return plan.notes().stream()
                .map(note -> note.level() + ": " + note.text())
                .collect(Collectors.joining("\n", "the plan's notes:\n", ""));
    }

    private static boolean saysThatRowsStay(Plan plan) {
        return plan.notes().stream().anyMatch(note -> note.text().contains("cannot be taken back"));
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
                    .filter(name -> name.startsWith("function") || !createsTable(plan))
                    .toList();
        }
        if (!ours.isEmpty()) {
            throw new Broken("leftovers after purge", String.join(", ", ours));
        }
    }

    private static boolean createsTable(Plan plan) {
        return plan.expand().stream()
                .flatMap(step -> step instanceof Step.Brief brief ? brief.statements().stream() : Stream.of())
                .anyMatch(sql -> sql.contains("CREATE TABLE"));
    }

    /** One command on the database with the plan. */
    private RunResult command(Scenario scenario, Function<Migrator, RunResult> command) {
        try (PostgresPlans plans = PostgresPlans.with(parser, this::catalogForPlan)) {
            return command.apply(
                    new Migrator(planned::open, List.of(migration(scenario)), plans, settings, this::remember));
        }
    }

    private void remember(RunEvent event) {
        if (event instanceof RunEvent.MigrationStarted) {
            started = Optional.of(((RunEvent.MigrationStarted) event).plan());
        }
    }

    /** By way of a file, because that is where directives are understood. */
    private Migration migration(Scenario scenario) {
        if (migration.isEmpty()) {
            String down = scenario.down().isEmpty() ? "" : "\n-- migrate:down\n" + scenario.downScript();
            try {
                Path directory = Files.createTempDirectory("sluice-fuzz");
                Path file = directory.resolve("20260101000000_fuzz.sql");
                try {
                    Files.writeString(file, "-- migrate:up\n\n" + scenario.upScript() + down);
                    migration = new MigrationDirectory(directory)
                            .read("native").migrations().stream().findFirst();
                } finally {
                    Files.deleteIfExists(file);
                    Files.delete(directory);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return migration.orElseThrow();
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
