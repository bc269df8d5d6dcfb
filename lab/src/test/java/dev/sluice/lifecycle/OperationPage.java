package dev.sluice.lifecycle;

import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page of one operation, as Markdown: what it says of itself, plans of cases, and what of it is refused. */
final class OperationPage {

    private final Operation operation;
    private final StringBuilder text = new StringBuilder();
    private boolean examples;
    private final List<String> schemas = new ArrayList<>();
    private final List<String> hazards = new ArrayList<>();

    OperationPage(Operation operation) {
        this.operation = operation;
        About about = operation.about();
        text.append("# ").append(about.title()).append("\n\n");
        text.append(about.statement()).append('\n');
        for (About.Section section : about.sections()) {
            boolean table = section.text().startsWith("|");
            text.append("\n**").append(section.head()).append(".**").append(table ? "\n\n" : " ");
            text.append(section.text()).append('\n');
        }
    }

    void example(LifecycleCase test, Plan plan) {
        if (!examples) {
            text.append(
                            "\n## Examples\n\nEach is a test: it goes up, down, up, through contract, back, and through again,")
                    .append(
                            " with both versions\nof an application writing. Locks are the strongest on tables that exist")
                    .append(" before.\n");
            examples = true;
        }
        text.append("\n### ").append(heading(test)).append("\n\n");
        text.append(rows(test)).append("\n\n```sql\n").append(script(test.up())).append("\n```\n\n");
        if (!test.down().isBlank()) {
            text.append("With the down script\n\n```sql\n")
                    .append(script(test.down()))
                    .append("\n```\n\n");
        }
        text.append("| | step | locks |\n|---|---|---|\n");
        for (Phase phase : Phase.values()) {
            String name = phase.name().toLowerCase(Locale.ROOT);
            for (Step step : plan.steps(phase)) {
                text.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(cell(step.info().title()));
                text.append(" | ").append(locks(step)).append(" |\n");
                name = "";
            }
        }
        List<String> notes = plan.notes().stream()
                .filter(note -> note.level() != Note.Level.INFO)
                .map(note -> oneLine(note.text()))
                .distinct()
                .toList();
        if (!notes.isEmpty()) {
            text.append("\nThe plan says:\n\n");
            notes.forEach(note -> text.append("- ").append(note).append('\n'));
        }
        if (schemas.contains(test.schema())) {
            return;
        }
        schemas.add(test.schema());
        text.append("\n<details><summary>The schema before</summary>\n\n```sql\n")
                .append(script(test.schema().replace(":rows", Long.toString(test.rows()))))
                .append("\n```\n\n</details>\n");
    }

    /** One for each hazard: the first that comes. */
    void refusal(RefusedCase test, Refusal refusal) {
        if (hazards.contains(refusal.hazard())) {
            return;
        }
        if (hazards.isEmpty()) {
            text.append("\n## Refused\n\n| hazard | for instance | why | instead |\n|---|---|---|---|\n");
        }
        hazards.add(refusal.hazard());
        text.append("| ").append(refusal.hazard()).append(" | `").append(cell(statements(test)));
        text.append("` | ").append(cell(refusal.reason()));
        text.append(" | ").append(cell(refusal.advice())).append(" |\n");
    }

    String text() {
        return text.toString();
    }

    /** A line of the index. */
    String entry() {
        About about = operation.about();
        return "| [" + operation.id() + "](" + operation.id() + ".md) | " + about.title() + " | "
                + about.sections().stream()
                        .map(section -> section.head().toLowerCase(Locale.ROOT))
                        .filter(head -> head.equals("expand") || head.equals("contract"))
                        .collect(Collectors.joining(", "))
                + " |\n";
    }

    private static String heading(LifecycleCase test) {
        String words = test.name().replaceFirst("^[a-z]+: |^pgroll \\d+: ", "");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String rows(LifecycleCase test) {
        return String.format(Locale.ROOT, "Planned for tables of %,d rows:", test.rows());
    }

    private static String script(String sql) {
        return sql.strip().replace("; ", ";\n");
    }

    private static String statements(RefusedCase test) {
        return oneLine(test.up()).replaceFirst("^-- sluice:\\S+ \\S+ reason=\"[^\"]*\" ", "");
    }

    private static String locks(Step step) {
        return step.info().locks().stream()
                .map(lock -> lock.mode().sql() + " on " + cell(lock.table().quoted()))
                .collect(Collectors.joining("; "));
    }

    private static String cell(String words) {
        return oneLine(words).replace("|", "\\|");
    }

    private static String oneLine(String words) {
        return words.strip().replaceAll("\\s+", " ");
    }
}
