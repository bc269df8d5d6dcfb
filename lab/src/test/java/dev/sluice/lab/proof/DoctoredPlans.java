package dev.sluice.lab.proof;

import dev.sluice.PostgresPlans;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.plan.TableLock;
import dev.sluice.run.PlanSource;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Sluice's own plans with something wrong put in. */
final class DoctoredPlans implements PlanSource, AutoCloseable {
    static final QualifiedName USERS = QualifiedName.of("public", "users");

    private final PostgresPlans plans = new PostgresPlans();
    private final UnaryOperator<Plan> doctor;

    DoctoredPlans(UnaryOperator<Plan> doctor) {
        this.doctor = doctor;
    }

    @Override
    public Plan plan(Migration migration, Session session) {
        return doctor.apply(plans.plan(migration, session));
    }

    @Override
    public Optional<Plan> planDown(Migration migration, Session session) {
        return plans.planDown(migration, session);
    }

    @Override
    public void close() {
        plans.close();
    }

    static UnaryOperator<Plan> expandFirst(Step step) {
        return plan -> with(
                plan, Stream.concat(Stream.of(step), plan.expand().stream()).toList(), plan.contract());
    }

    static UnaryOperator<Plan> expandLast(Step step) {
        return plan -> with(
                plan, Stream.concat(plan.expand().stream(), Stream.of(step)).toList(), plan.contract());
    }

    static UnaryOperator<Plan> contractLast(Step step) {
        return plan -> with(
                plan,
                plan.expand(),
                Stream.concat(plan.contract().stream(), Stream.of(step)).toList());
    }

    static Plan with(Plan plan, List<Step> expand, List<Step> contract) {
        return with(plan, expand, contract, plan.notes());
    }

    static Plan withNotes(Plan plan, List<Note> notes) {
        return with(plan, plan.expand(), plan.contract(), notes);
    }

    private static Plan with(Plan plan, List<Step> expand, List<Step> contract, List<Note> notes) {
        return new Plan(
                plan.migration(),
                plan.serverVersion(),
                plan.catalogFingerprint(),
                plan.searchPath(),
                expand,
                contract,
                plan.purge(),
                notes);
    }

    /** A step that announces no lock. */
    static Step step(String sql, String... undo) {
        return brief(
                "doctored",
                sql,
                List.of(),
                Stream.of(undo).map(DoctoredPlans::undo).toList());
    }

    static Step named(String id, String sql, String... undo) {
        return brief(
                id, sql, List.of(), Stream.of(undo).map(DoctoredPlans::undo).toList());
    }

    /** A step that announces ACCESS EXCLUSIVE on the table of users. */
    static Step locking(String sql) {
        return brief("doctored", sql, List.of(new TableLock(USERS, LockMode.ACCESS_EXCLUSIVE)), List.of());
    }

    private static Step undo(String sql) {
        return brief("undo doctored", sql, List.of(), List.of());
    }

    private static Step brief(String id, String sql, List<TableLock> locks, List<Step> undo) {
        return new Step.Brief(
                new StepInfo(id, id, "because", new Source("doctored.sql", 1, 1), locks, -1, -1, undo),
                Step.Purpose.DDL,
                List.of(),
                List.of(sql));
    }
}
