package dev.sluice.cli.render;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as a psql script: for review by tools, and for those who must run it by hand. It does what the steps do, but
 * without what Sluice adds: looking before locking, retries, pacing, the journal, resuming.
 */
public final class PlanSql implements Step.Cases<String> {
    private static final int WINDOW_PAGES = 256;

    private PlanSql() {}

    public static String render(Plan plan) {
        StringBuilder sql = new StringBuilder();
        sql.append("-- Plan of migration ").append(plan.migration().version()).append(' ');
        sql.append(oneLine(plan.migration().name())).append(".\n");
        sql.append("""
                -- Run by `sluice up` it also looks before it locks, retries, paces the backfill by the load of the server,
                -- keeps a journal and resumes after a crash. This script does none of that.
                """);
        sql.append("\\set ON_ERROR_STOP on\n");
        if (!plan.searchPath().isEmpty()) {
            sql.append("SET search_path = ").append(plan.searchPath()).append(";\n");
        }
        int number = 1;
        for (Phase phase : Phase.values()) {
            if (!plan.steps(phase).isEmpty()) {
                sql.append("\n-- ")
                        .append("=".repeat(20))
                        .append(' ')
                        .append(phase)
                        .append(": ");
                sql.append(StepWords.heading(phase)).append('\n');
            }
            for (Step step : plan.steps(phase)) {
                sql.append("\n-- ")
                        .append(number++)
                        .append(". ")
                        .append(oneLine(step.info().title()))
                        .append('\n');
                if (!step.info().reason().isBlank()) {
                    sql.append("--    why: ")
                            .append(oneLine(step.info().reason()))
                            .append('\n');
                }
                for (TableLock lock : step.info().locks()) {
                    sql.append("--    lock: ").append(lock.mode().sql()).append(" on ");
                    sql.append(oneLine(lock.table().quoted())).append('\n');
                }
                sql.append(step.match(new PlanSql()));
            }
        }
        return sql.toString();
    }

    @Override
    public String brief(Step.Brief step) {
        StringBuilder sql = new StringBuilder("BEGIN;\nSET LOCAL lock_timeout = '50ms';\n");
        for (TableLock lock : step.info().locks()) {
            sql.append("LOCK TABLE ").append(lock.table().quoted()).append(" IN ");
            sql.append(lock.mode().sql()).append(" MODE;\n");
        }
        for (Step.Guard guard : step.guards()) {
            sql.append("DO ")
                    .append(DollarQuote.of("BEGIN\n    IF NOT (" + guard.query().strip() + ") THEN\n"
                            + "        RAISE EXCEPTION USING MESSAGE = " + Identifier.literal(guard.message()) + ";\n"
                            + "    END IF;\nEND"))
                    .append(";\n");
        }
        return sql + statements(StepSql.of(step)) + "COMMIT;\n";
    }

    @Override
    public String buildIndex(Step.BuildIndex step) {
        return statements(StepSql.of(step));
    }

    @Override
    public String dropIndex(Step.DropIndex step) {
        return statements(StepSql.of(step));
    }

    @Override
    public String validate(Step.Validate step) {
        return statements(StepSql.of(step));
    }

    @Override
    public String backfill(Step.Backfill step) {
        String table = step.table().quoted();
        String window = "ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + " + WINDOW_PAGES
                + ")::tid AND (" + step.pending() + ")";
        String batches = "DECLARE\n    page bigint := 0;\n    pages bigint := pg_relation_size("
                + Identifier.literal(table).strip()
                + ") / current_setting('block_size')::bigint;\nBEGIN\n    WHILE page <= pages LOOP\n"
                + indent(StepSql.update(table, step.assignments(), window) + ";\nCOMMIT;\npage := page + "
                        + WINDOW_PAGES + ";")
                + "    END LOOP;\nEND";
        return (step.suppressUserTriggers() ? "SET session_replication_role = replica;\n" : "")
                + "DO " + DollarQuote.of(batches) + ";\n-- and once more for rows that moved meanwhile\n"
                + statements(StepSql.of(step))
                + (step.suppressUserTriggers() ? "RESET session_replication_role;\n" : "");
    }

    @Override
    public String check(Step.Check step) {
        String verdict = step.probe() instanceof Probe.Evaluates ? "must not fail" : "must return no row";
        return "-- " + verdict + (step.stop() ? ", else stop: " : ", else read this: ") + oneLine(step.violation())
                + "\n" + statements(StepSql.of(step));
    }

    @Override
    public String batchedDml(Step.BatchedDml step) {
        String kept = columns(step.keyColumns());
        String more = columns(step.keptColumns());
        String archive = switch (step.kind()) {
            case UPDATE, DELETE ->
                "CREATE TABLE " + step.archive().quoted() + " AS SELECT " + kept
                        + (kept.isEmpty() || more.isEmpty() ? "" : ", ") + more + "\nFROM "
                        + step.table().quoted() + "\nWHERE " + step.where() + ";\n";
            case RESTORE_UPDATED, RESTORE_DELETED -> "";
        };
        return "-- Sluice does this in batches; here it is one transaction that locks all its rows\nBEGIN;\n" + archive
                + statements(StepSql.of(step)) + "COMMIT;\n";
    }

    @Override
    public String opaque(Step.Opaque step) {
        String statements = statements(StepSql.of(step));
        return step.transactional() ? "BEGIN;\n" + statements + "COMMIT;\n" : statements;
    }

    @Override
    public String discard(Step.Discard step) {
        return "-- only if this finds nothing: SELECT FROM " + step.table().quoted() + " WHERE "
                + oneLine(step.keepWhen()) + "\n"
                + statements(step.dropSql().stream().map(StepSql::terminated).toList());
    }

    private static String columns(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }

    private static String statements(List<String> statements) {
        return statements.isEmpty() ? "" : String.join("\n", statements) + "\n";
    }

    private static String indent(String sql) {
        return sql.indent(8);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
