package dev.sluice.doctor;

import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.doctor.Evidence.StepRow;
import dev.sluice.doctor.Thing.Kind;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the migrations of the journal have made and dropped, as far as it says that they have come. */
final class PlanReading {

    private final Ledger ledger;
    private final String creationSchema;

    private PlanReading(Ledger ledger, String creationSchema) {
        this.ledger = ledger;
        this.creationSchema = creationSchema;
    }

    static Ledger of(Evidence evidence, PgParser parser) {
        PlanReading reading = new PlanReading(new Ledger(parser, evidence.creationSchema()), evidence.creationSchema());
        evidence.recorded().forEach(row -> row.plan().ifPresent(plan -> reading.read(row, plan)));
        return reading.ledger;
    }

    private void read(Recorded row, Plan plan) {
        String schema = creationSchema(plan);
        switch (row.shape()) {
            case BEFORE -> {
                // nothing of it is there
            }
            case BOTH -> run(row, plan.expand(), schema);
            case AFTER -> run(row, all(plan, false), schema);
            case FINAL -> run(row, all(plan, true), schema);
            case GOING -> half(row, plan, schema);
            case COMING_BACK ->
                all(plan, true).forEach(step -> step.statements().forEach(ledger::uncertain));
        }
    }

    private static List<Step> all(Plan plan, boolean purge) {
        List<Step> steps = new ArrayList<>(plan.expand());
        steps.addAll(plan.contract());
        if (purge) {
            steps.addAll(plan.purge());
        }
        return steps;
    }

    /** A step that was begun may have come to any point. */
    private void half(Recorded row, Plan plan, String schema) {
        Map<String, StepRow> rows =
                row.steps().stream().collect(Collectors.toMap(StepRow::id, Function.identity(), (a, b) -> b));
        List<Step> done = new ArrayList<>();
        List<Step> begun = new ArrayList<>();
        for (Step step : all(plan, true)) {
            StepRow known = rows.get(step.id());
            if (known != null) {
                (known.isDone() ? done : begun).add(step);
            }
        }
        run(row, done, schema);
        begun.forEach(step -> step.statements().forEach(ledger::uncertain));
    }

    private void run(Recorded row, List<Step> steps, String schema) {
        for (Step step : steps) {
            if (step instanceof Step.Discard) {
                step.statements().forEach(ledger::uncertain); // it keeps what holds data
            } else if (step instanceof Step.BatchedDml dml) {
                ledger.made().put(Thing.of(Kind.TABLE, dml.archive()), new Ledger.Entry(row.version(), "", true));
            } else {
                step.statements().forEach(sql -> ledger.run(row.version(), sql, schema));
            }
        }
    }

    private String creationSchema(Plan plan) {
        for (String part : plan.searchPath().split(",", -1)) {
            String name = part.strip().replace("\"", "");
            boolean special = name.isEmpty()
                    || name.equals("$user")
                    || name.toLowerCase(Locale.ROOT).startsWith("pg_");
            if (!special) {
                return name;
            }
        }
        return creationSchema;
    }
}
