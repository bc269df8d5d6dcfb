package dev.sluice.cli.render;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import java.util.List;
import java.util.stream.Collectors;

/** A plan to be read before it is run. */
public final class PlanText {
    private static final int WIDTH = 100;
    private static final int LABEL = 6;

    private final Style style;
    private final Detail detail;
    private final StringBuilder text = new StringBuilder();

    private PlanText(Style style, Detail detail) {
        this.style = style;
        this.detail = detail;
    }

    /** How much of each step is shown. */
    public enum Detail {
        /** Titles, locks and sizes. */
        BRIEF,
        /** Also the SQL, and how each step is undone in words. */
        NORMAL,
        /** Also the SQL of the undo. */
        FULL
    }

    public static String render(Plan plan, Style style, Detail detail) {
        PlanText text = new PlanText(style, detail);
        text.title(plan);
        int number = 1;
        for (Phase phase : Phase.values()) {
            number = text.phase(plan, phase, number);
        }
        text.notes(plan);
        text.line(style.bold("Summary"));
        for (PlanSummary.Line line : PlanSummary.of(plan)) {
            text.labelled(line.label(), line.text(), 11);
        }
        return text.text.toString();
    }

    private void title(Plan plan) {
        line(style.bold(plan.migration().version() + " " + plan.migration().name()));
        line(style.dim((plan.hasContract() ? "Two phases: expand, then deploy, then contract." : "One phase.")
                + " Planned for PostgreSQL " + server(plan.serverVersion())
                + (plan.catalogFingerprint().isEmpty() ? "" : ", schema " + shortened(plan.catalogFingerprint()))
                + "."));
        line("");
    }

    private int phase(Plan plan, Phase phase, int first) {
        List<Step> steps = plan.steps(phase);
        if (steps.isEmpty()) {
            return first;
        }
        if (phase == Phase.CONTRACT) {
            String deploy = "deploy the new version; go on when no old one runs any more";
            line(style.cyan("──── " + deploy + " " + "─".repeat(Math.max(4, WIDTH - deploy.length() - 6))));
            line("");
        }
        line(style.bold(style.cyan(phase.name())) + style.dim("   " + StepWords.heading(phase)));
        line("");
        int number = first;
        for (Step step : steps) {
            step(step, phase, number++);
        }
        return number;
    }

    private void step(Step step, Phase phase, int number) {
        String index = number < 10 ? " " + number : Integer.toString(number);
        String title = StepWords.capitalised(step.info().title());
        String kind = StepWords.kind(step);
        int gap = Math.max(2, WIDTH - 4 - title.length() - kind.length());
        line(style.bold(index + "  " + title) + " ".repeat(gap) + style.dim(kind));
        for (TableLock lock : step.info().locks()) {
            labelled("lock", lock(step, lock), LABEL);
        }
        if (StepWords.locksUnknown(step)) {
            labelled(
                    style.yellow("lock"),
                    "lock",
                    "not known, since nobody has looked into it: sluice test tries it and shows what it locks, and a line"
                            + " -- sluice:locks TABLE, … above the statement says so",
                    LABEL);
        }
        StepWords.size(step.info()).ifPresent(size -> labelled("size", size, LABEL));
        if (!step.info().reason().isBlank()) {
            labelled("why", step.info().reason(), LABEL);
        }
        if (!step.info().source().file().isEmpty()) {
            labelled("from", step.info().source().toString(), LABEL);
        }
        if (detail != Detail.BRIEF) {
            sql(step);
            undo(step, phase);
        }
        line("");
    }

    private String lock(Step step, TableLock lock) {
        String mode = lock.mode().sql();
        boolean felt = lock.mode().conflictsWith(LockMode.ROW_EXCLUSIVE);
        return (felt ? style.yellow(mode) : mode) + " on " + lock.table().quoted() + ": "
                + StepWords.effect(lock.mode()) + ", " + StepWords.span(step, lock.mode());
    }

    private void sql(Step step) {
        line("");
        if (step instanceof Step.Brief brief) {
            for (Step.Guard guard : brief.guards()) {
                indented(style.dim("-- only while this is true, else plan anew: "
                        + guard.query().strip().replace("\n", " ")));
            }
        } else if (step instanceof Step.Check check) {
            indented(style.dim(
                    check.probe() instanceof Probe.Evaluates ? "-- must not fail for any row" : "-- must find no row"));
        } else if (StepWords.isBatched(step)) {
            indented(style.dim("-- in short transactions over the whole table, resumable"));
        } else if (step instanceof Step.Discard discard) {
            indented(style.dim("-- unless a row of " + discard.table().quoted() + " has " + discard.keepWhen()
                    + ": then it stays until purge"));
        }
        StepSql.of(step).forEach(this::indented);
        line("");
    }

    private void undo(Step step, Phase phase) {
        StepWords.loss(step, phase).ifPresent(loss -> labelled(style.red("lost"), "lost", loss, LABEL));
        if (phase == Phase.PURGE) {
            return;
        }
        List<Step> undo = step.info().undo();
        if (undo.isEmpty()) {
            labelled("undo", StepWords.withoutUndo(step), LABEL);
            return;
        }
        labelled("undo", undo.stream().map(each -> each.info().title()).collect(Collectors.joining("; then ")), LABEL);
        if (detail == Detail.FULL) {
            line("");
            undo.forEach(each -> StepSql.of(each).forEach(this::indented));
        }
    }

    private void notes(Plan plan) {
        if (plan.notes().isEmpty()) {
            return;
        }
        line(style.bold("Notes"));
        for (Note.Level level : List.of(Note.Level.LOSS, Note.Level.WARNING, Note.Level.INFO)) {
            for (Note note : plan.notes()) {
                if (note.level() == level) {
                    note(note);
                }
            }
        }
        line("");
    }

    private void note(Note note) {
        String label = switch (note.level()) {
            case LOSS -> style.red("loss");
            case WARNING -> style.yellow("warn");
            case INFO -> style.dim("note");
        };
        String plain = switch (note.level()) {
            case LOSS -> "loss";
            case WARNING -> "warn";
            case INFO -> "note";
        };
        String where = place(note.source())
                + note.hazard().map(hazard -> " [" + hazard + "]").orElse("");
        labelled(label, plain, note.text() + (where.isBlank() ? "" : style.dim(" (" + where.strip() + ")")), LABEL);
    }

    private static String place(Source source) {
        return source.file().isEmpty() ? "" : source.toString();
    }

    private void labelled(String label, String content, int width) {
        labelled(style.dim(label), label, content, width);
    }

    private void labelled(String shown, String label, String content, int width) {
        String margin = "    ";
        String hanging = margin + " ".repeat(width);
        String[] lines = Wrapping.at(content, WIDTH - hanging.length()).split("\n");
        line(margin + shown + " ".repeat(Math.max(1, width - label.length())) + lines[0]);
        for (int i = 1; i < lines.length; i++) {
            line(hanging + lines[i]);
        }
    }

    private void indented(String sql) {
        sql.lines().forEach(each -> line(each.isEmpty() ? "" : "        " + each));
    }

    private void line(String content) {
        text.append(content.stripTrailing()).append('\n');
    }

    private static String server(int version) {
        return version / 10000 + "." + version % 10000;
    }

    private static String shortened(String fingerprint) {
        return fingerprint.length() > 12 ? fingerprint.substring(0, 12) : fingerprint;
    }
}
