package dev.sluice.lab.proof;

import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.diff.Difference;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Companion;
import dev.sluice.lab.life.Course;
import dev.sluice.lab.life.Life;
import dev.sluice.lab.life.Stage;
import dev.sluice.plan.Plan;
import dev.sluice.planner.PlanRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Goes along with one migration through its whole life, and compares: with the start after a way back, with the plain run
 * after a way forward. For one use.
 */
final class WholeLife implements Companion {
    private final Ground ground;
    private final Observation observation;
    private final List<Finding> oracle = new ArrayList<>();
    private final List<Finding> backward = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private long ends;
    private long returns;
    private boolean wayBack = true;
    private boolean backAgain;
    private TestDatabase database;
    private Life life;

    WholeLife(Ground ground, Observation observation) {
        this.ground = ground;
        this.observation = observation;
        this.database = ground.copyOfStart();
        this.life = ground.life(database);
    }

    /** A command failed that had no reason to: what comes after it cannot be tried. */
    private static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @throws PlanRefusedException when there is no plan */
    void run() {
        try {
            Course.run(this);
        } catch (Stuck e) {
            return; // the finding says why
        }
    }

    @Override
    public Life life() {
        return life;
    }

    /** Without a contract a migration is over after up: the way back from there has been seen. */
    @Override
    public boolean goes(Stage stage) {
        return switch (stage) {
            case CONTRACT -> observation.plan().filter(Plan::hasContract).isPresent();
            case DOWN_AFTER_CONTRACT -> {
                backAgain = wayBack && path.contains("contract");
                yield backAgain;
            }
            case LAST_CONTRACT -> backAgain;
            default -> true;
        };
    }

    @Override
    public void live(Stage stage, Runnable command) {
        switch (stage.command()) {
            case DOWN -> back(command);
            case UP, CONTRACT, PURGE -> command(stage.command().name().toLowerCase(Locale.ROOT), oracle, command);
        }
    }

    @Override
    public void look(Stage stage) {
        if (stage == Stage.CONTRACT) {
            ended(CatalogDiff.Options.WITHOUT_SLUICE);
        } else if (stage == Stage.PURGE) {
            ended(CatalogDiff.Options.STRICT);
            leftovers();
        }
    }

    private void command(String name, List<Finding> findings, Runnable command) {
        path.add(name);
        try {
            command.run();
        } catch (SluiceException e) {
            if (e instanceof PlanRefusedException refused && path.size() == 1) {
                throw refused;
            }
            findings.add(failure(e));
            throw new Stuck();
        }
    }

    private Finding failure(SluiceException e) {
        String command = path.get(path.size() - 1);
        return new Finding(
                Check.COMMAND, when(), "sluice " + command, "result", "succeeds", "fails: " + e.getMessage());
    }

    /** Leaves the start, or a fresh copy of it, so that one difference is reported once. */
    private void back(Runnable command) {
        path.add("down");
        observation.forgetWayBack();
        Optional<String> excuse = Optional.empty();
        List<Finding> findings = List.of();
        try {
            command.run();
            findings = withoutAddedLabels(ground.comparedWithStart(when(), database));
            if (!findings.isEmpty() && observation.isDownByScript() && ground.downScriptLeadsTo(database)) {
                excuse = Optional.of("the down script does not lead back, run plainly neither: " + summary(findings));
            } else if (!findings.isEmpty() && !observation.isDownByScript()) {
                excuse = RowsThatStay.excuse(observation.plan().orElseThrow(), findings);
            }
            returns++;
        } catch (SluiceException e) {
            if (!observation.isDownBegun()) {
                excuse = Optional.of("no way back: " + firstLine(e));
            } else if (observation.isDownByScript() && ground.downScriptFails()) {
                excuse = Optional.of("the down script fails, run plainly too: " + firstLine(e));
            } else {
                findings = List.of(failure(e));
                returns++;
            }
        }
        if (excuse.isPresent()) {
            wayBack = false;
            notes.add(excuse.get());
        } else {
            backward.addAll(findings);
        }
        if (excuse.isPresent() || !findings.isEmpty()) {
            ground.drop(database);
            database = ground.copyOfStart();
            life = ground.life(database);
            path.clear();
        } else {
            ground.alignSequences(database);
        }
    }

    private List<Finding> withoutAddedLabels(List<Finding> findings) {
        List<Finding> others = AddedLabels.without(observation.addsLabels(), findings);
        String note = "labels that were added to an enum stay: PostgreSQL cannot remove one";
        if (others.size() < findings.size() && !notes.contains(note)) {
            notes.add(note);
        }
        return others;
    }

    private void ended(CatalogDiff.Options options) {
        ends++;
        oracle.addAll(ground.comparedWithPlain(when(), database, options));
    }

    /** But for what a way back kept, and said so: rows of a table that the script fills could be an application's. */
    private void leftovers() {
        try (Session session = Comparison.session(database)) {
            session
                    .query(
                            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                    + " WHERE n.nspname = 'sluice_archive' AND (c.relkind IN ('r', 'p', 'v', 'm')"
                                    + " OR c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid"
                                    + " AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))",
                            row -> row.text(1))
                    .stream()
                    .filter(name -> !observation.isKept(name))
                    .forEach(name -> oracle.add(new Finding(
                            Check.ARCHIVE,
                            when(),
                            "table sluice_archive." + name,
                            Difference.EXISTENCE,
                            "",
                            "still in the archive")));
        }
    }

    private String when() {
        return "after " + String.join(", ", path);
    }

    private static String summary(List<Finding> findings) {
        return findings.get(0) + (findings.size() > 1 ? ", and " + (findings.size() - 1) + " more" : "");
    }

    private static String firstLine(SluiceException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    List<StageResult> results() {
        return List.of(
                new StageResult(Aspect.ORACLE, ends, oracle), new StageResult(Aspect.BACKWARD, returns, backward));
    }

    List<String> notes() {
        return notes;
    }

    boolean hasWayBack() {
        return wayBack;
    }
}
