package dev.sluice.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.ExitCode;
import dev.sluice.PostgresPlans;
import dev.sluice.SluiceException;
import dev.sluice.cli.Console;
import dev.sluice.cli.render.EstimateText;
import dev.sluice.cli.render.Json;
import dev.sluice.cli.render.PlanSql;
import dev.sluice.cli.render.PlanText;
import dev.sluice.cli.render.RefusalText;
import dev.sluice.cli.settings.Setting;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.PlanSecrets;
import dev.sluice.planner.PlanRefusedException;
import dev.sluice.run.Estimates;
import dev.sluice.run.PlanEstimate;
import dev.sluice.run.Preflight;
import dev.sluice.run.Status;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice plan}. */
@Command(
        name = "plan",
        description = {
            "Show what would happen, step by step: SQL, locks, sizes, reasons, and the way back.",
            "",
            "Reads the database and changes nothing. Without an argument: the next pending migration.",
            "Those after it are planned when their turn comes, for the schema that it leaves behind.",
            "Exit code 5: refused, with the reason for every line and what to write instead.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice plan                             the next pending migration",
            "  sluice plan 20260131120000              this one; if it ran, the plan by which it did",
            "  sluice plan draft.sql                   a file, whether it is a migration yet or not",
            "  sluice plan --sql > review.sql          as a script for psql",
            "  sluice plan --format json               for programs"
        })
final class PlanCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(arity = "0..1", paramLabel = "VERSION|FILE", description = "What to plan.")
    private @Nullable String what;

    @Option(names = "--sql", order = 1, description = "Print a commented SQL script instead.")
    private boolean sql;

    @Option(names = "--brief", order = 2, description = "Without SQL.")
    private boolean brief;

    @Option(names = "--full", order = 3, description = "With the SQL of every undo.")
    private boolean full;

    PlanCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (brief && full) {
            throw new SluiceException(ExitCode.USAGE, "--brief and --full exclude one another.");
        }
        try (PostgresPlans plans = new PostgresPlans()) {
            plans.load(); // while files and journal are read
            Project project = root.project();
            // A file can be planned without a project.
            boolean noProject = what != null && what.endsWith(".sql") && !Files.isDirectory(project.directory());
            List<Migration> migrations = noProject ? List.of() : project.inOrder(project.files());
            if (what == null) {
                List<Migration> pending = pending(migrations);
                return pending.isEmpty() ? nothing() : plan(plans, pending);
            }
            Migration named = project.named(what, migrations);
            Optional<Status.Entry> begun = migrations.contains(named) ? begun(named, migrations) : Optional.empty();
            return begun.isPresent() ? recorded(begun.get()) : plan(plans, List.of(named));
        }
    }

    /** Empty as long as {@code up} would begin it. */
    private Optional<Status.Entry> begun(Migration migration, List<Migration> migrations) {
        return new MigrationRun(root)
                .look(migrator -> migrator.status(), migrations).migrations().stream()
                        .filter(entry -> entry.file().equals(Optional.of(migration.file())))
                        .filter(entry -> !entry.state().isPending())
                        .findFirst();
    }

    /** For the schema of today it cannot be planned any more: its own changes are in it. */
    private Integer recorded(Status.Entry entry) {
        Plan plan = new MigrationRun(root)
                .look(migrator -> migrator.planOf(entry.version()), List.of())
                .orElseThrow();
        if (root.console().isJson()) {
            root.console()
                    .result(json(List.of(PlanSecrets.hidden(plan)), List.of(), new JsonArray(), List.of(), List.of()));
        } else {
            print(PlanSecrets.hidden(plan));
        }
        root.console()
                .note("\n" + entry.version() + " " + entry.name() + " is "
                        + entry.state().text() + ": this is the plan that the journal has of it."
                        + (entry.changedSinceApplied() ? " Its file has changed since." : "")
                        + entry.next().map(next -> "\nNext: " + next).orElse(""));
        return ExitCode.OK.code();
    }

    private Integer plan(PostgresPlans plans, List<Migration> pending) {
        Migration migration = pending.get(0);
        plans.expect(List.of(migration));
        try (Session session = Session.open(root.connector(), "plan")) {
            Plan plan = plans.plan(migration, session);
            PlanEstimate estimate = Estimates.withBlockers(session, Estimates.of(session, plan));
            Plan shown = PlanSecrets.hidden(plan);
            List<String> missing = Preflight.missing(session, plan);
            show(shown, estimate, pending.subList(1, pending.size()), missing);
            if (!missing.isEmpty()) {
                root.console().note("This role may not run it yet. It must\n  - " + String.join("\n  - ", missing));
            }
            if (!shown.equals(plan)) {
                root.console().note("Passwords of the script are not shown; what runs has them.");
            }
            new MigrationRun(root).settings().diskFree().ifPresent(estimate::requireSpace);
            return ExitCode.OK.code();
        } catch (PlanRefusedException e) {
            refused(migration, e);
            return e.exitCode().code();
        }
    }

    private List<Migration> pending(List<Migration> migrations) {
        Status status = new MigrationRun(root).look(migrator -> migrator.status(), migrations);
        List<String> versions = status.migrations().stream()
                .filter(entry -> entry.state().isPending())
                .map(Status.Entry::version)
                .toList();
        status.migrations().stream()
                .filter(entry -> entry.state().isOpen())
                .forEach(entry -> root.console()
                        .note(entry.version() + " " + entry.name() + " is "
                                + entry.state().text() + "; its plan is fixed."
                                + entry.next().map(next -> " Next: " + next).orElse("")));
        return migrations.stream()
                .filter(migration -> versions.contains(migration.version()))
                .toList();
    }

    private Integer nothing() {
        if (root.console().isJson()) {
            root.console().result(json(List.of(), List.of(), new JsonArray(), List.of(), List.of()));
        } else {
            root.console().out("Nothing is pending.");
        }
        return ExitCode.OK.code();
    }

    private void show(Plan plan, PlanEstimate estimate, List<Migration> later, List<String> missing) {
        Console console = root.console();
        if (console.isJson()) {
            console.result(json(List.of(plan), List.of(estimate), new JsonArray(), later, missing));
            return;
        }
        print(plan);
        if (!sql) {
            String text = EstimateText.text(
                    estimate,
                    root.configuration().given(Setting.DISK_FREE).isPresent(),
                    console.look().out());
            if (!text.isEmpty()) {
                console.out("\n" + text);
            }
        }
        if (!later.isEmpty()) {
            console.note("\n" + later.size() + " more pending: "
                    + String.join(", ", later.stream().map(Migration::version).toList())
                    + ". Each is planned when its turn comes.");
        }
    }

    private void print(Plan plan) {
        Console console = root.console();
        if (sql) {
            console.result(PlanSql.render(plan));
        } else {
            PlanText.Detail detail =
                    brief ? PlanText.Detail.BRIEF : full ? PlanText.Detail.FULL : PlanText.Detail.NORMAL;
            console.out(PlanText.render(plan, console.look().out(), detail));
        }
    }

    private void refused(Migration migration, PlanRefusedException e) {
        Console console = root.console();
        console.error(
                RefusalText.text(migration.file(), e.refusals(), console.look().err()));
        if (console.isJson()) {
            console.result(json(List.of(), List.of(), RefusalText.json(e.refusals()), List.of(), List.of()));
        }
    }

    private static String json(
            List<Plan> plans,
            List<PlanEstimate> estimates,
            JsonArray refusals,
            List<Migration> later,
            List<String> missing) {
        JsonObject object = new JsonObject();
        JsonArray planned = new JsonArray();
        plans.forEach(plan -> planned.add(PlanJson.toTree(plan)));
        object.add("plans", planned);
        JsonArray estimated = new JsonArray();
        estimates.forEach(estimate -> estimated.add(EstimateText.json(estimate)));
        object.add("estimates", estimated);
        object.add("refusals", refusals);
        JsonArray versions = new JsonArray();
        later.forEach(migration -> versions.add(migration.version()));
        object.add("later", versions);
        JsonArray rights = new JsonArray();
        missing.forEach(rights::add);
        object.add("missingRights", rights);
        return Json.pretty(object);
    }
}
