package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers what is common to all steps, then makes one of a kind. Not thread-safe; used once.
 *
 * <p>{@code draft.step(change, "index-users_email", "build index users_email").because("…").lock(…).undo(…).brief(…)}
 */
public final class StepSpec {

    private final String id;
    private final Source source;
    private final String title;
    private String reason = "";
    private final Map<QualifiedName, LockMode> locks = new TreeMap<>();
    private long rows = -1;
    private long bytes = -1;
    private final List<Step> undo = new ArrayList<>();

    StepSpec(String id, Source source, String title) {
        this.id = requireNonNull(id);
        this.source = requireNonNull(source);
        this.title = requireNonNull(title);
    }

    /** Why in this form: names the fact that decided. */
    public StepSpec because(String why) {
        reason = why;
        return this;
    }

    /** The strongest mode wins when a table is named twice; tables are locked in the order of their names. */
    public StepSpec lock(QualifiedName table, LockMode mode) {
        locks.merge(table, mode, (a, b) -> a.ordinal() >= b.ordinal() ? a : b);
        return this;
    }

    /** The step reads or writes the whole table. */
    public StepSpec scans(Table table) {
        rows = table.stats().estimatedRows();
        bytes = table.stats().bytes();
        return this;
    }

    /** Undo steps in the order in which they run. */
    public StepSpec undo(Step... steps) {
        undo.addAll(List.of(steps));
        return this;
    }

    public StepSpec undo(List<Step> steps) {
        undo.addAll(steps);
        return this;
    }

    public Step brief(Step.Purpose purpose, List<String> statements) {
        return new Step.Brief(info(), purpose, List.of(), statements);
    }

    public Step brief(Step.Purpose purpose, String... statements) {
        return brief(purpose, List.of(statements));
    }

    public Step guarded(Step.Purpose purpose, List<Step.Guard> guards, List<String> statements) {
        return new Step.Brief(info(), purpose, guards, statements);
    }

    public Step buildIndex(QualifiedName table, QualifiedName index, String sql) {
        lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
        return new Step.BuildIndex(info(), table, index, sql);
    }

    public Step dropIndex(QualifiedName index, String sql) {
        return new Step.DropIndex(info(), index, sql);
    }

    public Step validate(QualifiedName table, String constraint, String sql, Optional<Probe> violations) {
        lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
        return new Step.Validate(info(), table, constraint, sql, violations);
    }

    /** A question whose wrong answer stops the run. */
    public Step check(Probe probe, String violation) {
        return new Step.Check(info(), probe, violation, true);
    }

    /** A question whose wrong answer is only reported. */
    public Step report(Probe probe, String finding) {
        return new Step.Check(info(), probe, finding, false);
    }

    public Step opaque(List<String> statements, boolean transactional, Optional<String> doneWhen) {
        return new Step.Opaque(info(), statements, transactional, doneWhen, Optional.empty());
    }

    /** As written, because the author accepts this hazard. */
    public Step allowed(String hazard, String statement, boolean transactional) {
        return new Step.Opaque(info(), List.of(statement), transactional, Optional.empty(), Optional.of(hazard));
    }

    public Step discard(QualifiedName table, Optional<String> column, String keepWhen, List<String> dropSql) {
        return new Step.Discard(info(), table, column, keepWhen, dropSql);
    }

    /** The common part, for kinds that need more than this class offers. */
    public StepInfo info() {
        List<TableLock> tableLocks = new ArrayList<>();
        locks.forEach((table, mode) -> tableLocks.add(new TableLock(table, mode)));
        return new StepInfo(id, title, reason, source, tableLocks, rows, bytes, undo);
    }
}
