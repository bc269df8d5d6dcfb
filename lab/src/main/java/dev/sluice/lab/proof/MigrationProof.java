package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Life;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.planner.PlanRefusedException;
import dev.sluice.planner.Refusal;
import dev.sluice.run.PlanSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Proves one migration against what its plain script makes of the same database. Immutable; several threads may prove
 * different migrations.
 */
public final class MigrationProof {
    private final ProofDatabases databases;
    private final Supplier<PlanSource> plans;
    private final int states;
    private final List<ProofStage> stages;
    private final long seed;

    /**
     * @param databases where to make copies
     * @param states how many states within a phase to go back from
     * @param stages what to prove besides
     */
    public MigrationProof(ProofDatabases databases, int states, List<ProofStage> stages, long seed) {
        this(databases, PostgresPlans::new, states, stages, seed);
    }

    /** @param plans where plans come from: Sluice's own, or doctored ones to see that the proof notices */
    MigrationProof(
            ProofDatabases databases, Supplier<PlanSource> plans, int states, List<ProofStage> stages, long seed) {
        this.databases = requireNonNull(databases);
        this.plans = requireNonNull(plans);
        this.states = states;
        this.stages = List.copyOf(stages);
        this.seed = seed;
    }

    /**
     * Takes the migration through its whole life and compares.
     *
     * @param start the database before it; only read, and no session may be open on it
     * @param plain a copy of {@code start} on which the plain script has run; the same
     */
    public MigrationResult prove(Migration migration, TestDatabase start, TestDatabase plain) {
        Instant begun = Instant.now();
        Observation observation = new Observation();
        try (ProofDatabases mine = databases.nested();
                observation;
                Ground ground = new Ground(migration, start, plain, mine, observation, lives(migration, observation))) {
            WholeLife life = new WholeLife(ground, observation);
            life.run();
            List<StageResult> results = new ArrayList<>(life.results());
            observation.plan().ifPresent(plan -> {
                results.add(new Interruptions(ground, observation, states).prove(plan));
                results.addAll(others(migration, plan, ground));
            });
            results.add(observation.facts());
            boolean right = results.stream().allMatch(StageResult::isRight);
            return result(
                    migration,
                    right ? Verdict.PROVEN : Verdict.WRONG,
                    observation.plan(),
                    List.of(),
                    results,
                    Stream.concat(life.notes().stream(), results.stream().flatMap(stage -> stage.notes().stream()))
                            .toList(),
                    life.hasWayBack(),
                    begun);
        } catch (PlanRefusedException e) {
            return refused(migration, e.refusals(), begun);
        }
    }

    /**
     * For rows on which the plain script fails: the run has to stop too, and down must leave everything as it was.
     *
     * @param failure what the plain script failed with
     */
    public StageResult proveThatItStops(Migration migration, TestDatabase start, DatabaseException failure) {
        Observation observation = new Observation();
        try (ProofDatabases mine = databases.nested();
                observation;
                Ground ground = new Ground(migration, start, start, mine, observation, lives(migration, observation))) {
            TestDatabase copy = ground.copyOfStart();
            Life life = ground.life(copy);
            String when =
                    "on rows that the plain script fails on (" + failure.error().message() + ")";
            List<Finding> findings = new ArrayList<>();
            if (stops(life, observation)) {
                try {
                    life.down();
                    findings.addAll(AddedLabels.without(
                            observation.addsLabels(), ground.comparedWithStart(when + ", down", copy)));
                } catch (SluiceException e) {
                    findings.add(new Finding(
                            Check.COMMAND, when, "sluice down", "result", "succeeds", "fails: " + e.getMessage()));
                }
            } else {
                findings.add(new Finding(Check.STOP, when, "sluice up, contract", "result", "stops", "succeeds"));
            }
            return new StageResult(Aspect.ORACLE, 1, findings);
        }
    }

    /** Before the deploy, or when contract would make the rows break a rule: nothing has changed by then that down leaves. */
    private static boolean stops(Life life, Observation observation) {
        try {
            life.up();
            if (observation.plan().filter(Plan::hasContract).isPresent()) {
                life.contract();
            }
            return false;
        } catch (SluiceException e) {
            return true;
        }
    }

    /** A migration that cannot be proven, because its script fails whatever the data. */
    static MigrationResult unproven(Migration migration, String why) {
        return result(
                migration,
                Verdict.UNPROVEN,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(why),
                false,
                Instant.now());
    }

    private static MigrationResult refused(Migration migration, List<Refusal> refusals, Instant begun) {
        return result(migration, Verdict.REFUSED, Optional.empty(), refusals, List.of(), List.of(), false, begun);
    }

    private static MigrationResult result(
            Migration migration,
            Verdict verdict,
            Optional<Plan> plan,
            List<Refusal> refusals,
            List<StageResult> results,
            List<String> notes,
            boolean wayBack,
            Instant begun) {
        return new MigrationResult(
                migration.version(),
                migration.name(),
                migration.file(),
                verdict,
                plan,
                refusals,
                results,
                notes,
                wayBack,
                Duration.between(begun, Instant.now()));
    }

    private LifeSource lives(Migration migration, Observation observation) {
        return (database, listener) -> new Life(
                observation.of(database),
                migration,
                plans,
                Settings.defaults(),
                life -> observation.tell(database, listener.apply(life)));
    }

    private LifeSource unwatched(Migration migration, Map<TestDatabase, ReusedConnections> connections) {
        return (database, listener) -> new Life(
                connections.computeIfAbsent(database, d -> new ReusedConnections(d::connect)),
                migration,
                plans,
                Settings.defaults(),
                listener);
    }

    private List<StageResult> others(Migration migration, Plan plan, Ground ground) {
        List<StageResult> results = new ArrayList<>();
        Map<TestDatabase, ReusedConnections> connections = new HashMap<>();
        for (ProofStage stage : stages) {
            long own = seed ^ migration.version().hashCode();
            ProofSubject subject = ground.subject(plan, unwatched(migration, connections), own);
            try {
                results.add(stage.prove(subject));
            } catch (RuntimeException e) {
                Finding finding = new Finding(
                        Check.PROOF,
                        "while proving",
                        "migration " + migration.version(),
                        stage.aspect().text(),
                        "no error",
                        String.valueOf(e.getMessage()));
                results.add(new StageResult(stage.aspect(), 1, List.of(finding)));
            } finally {
                connections.values().forEach(ReusedConnections::close);
                connections.clear();
            }
        }
        return results;
    }
}
