package dev.sluice.lab.fuzz;

import dev.sluice.plan.Note;
import dev.sluice.plan.Plan;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a plan promises, read from its steps and notes: it is held to that, and to no more. */
final class Promises {

    private static final Pattern WAITS = Pattern.compile(
            "the new version (finds|cannot insert)|until then the new version|only after contract|waits for contract");

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("^until contract (.*) has no default of its own");

    private Promises() {}

    /** Whether down promises the start; what it does not promise, the plan has to say. */
    static boolean isReversible(Plan plan) {
        return !isAsWritten(plan)
                && plan.notes().stream()
                        .noneMatch(note -> note.level() == Note.Level.LOSS
                                || note.text().contains("cannot be taken back")
                                || note.text().contains("down does not"));
    }

    static boolean isAsWritten(Plan plan) {
        return !plan.expand().isEmpty()
                && plan.expand().stream().allMatch(s -> s.info().undo().isEmpty());
    }

    /** The plan has to say what the new version finds only after contract. */
    static boolean saysThatTheNewVersionWaits(Plan plan) {
        return plan.notes().stream()
                .anyMatch(note -> note.level() != Note.Level.INFO
                        && WAITS.matcher(note.text()).find());
    }

    /** Whether this statement of the new version asks for a default that the plan says comes with contract. */
    static boolean saysThatDefaultWaits(Plan plan, Writes write) {
        return plan.notes().stream()
                .map(note -> WITHOUT_DEFAULT.matcher(note.text()))
                .filter(Matcher::find)
                .anyMatch(told -> write.sql().endsWith(" SET " + Identifier.quote(told.group(1)) + " = DEFAULT"));
    }

    static String notes(Plan plan) {
        return plan.notes().stream()
                .map(note -> note.level() + ": " + note.text())
                .collect(Collectors.joining("\n", "the plan's notes:\n", ""));
    }

    static boolean saysThatRowsStay(Plan plan) {
        return plan.notes().stream().anyMatch(note -> note.text().contains("cannot be taken back"));
    }

    /** What triggers of the schema wrote to other tables. */
    static boolean saysThatEffectsStay(Plan plan) {
        return plan.notes().stream().anyMatch(note -> note.text().contains("stays when it is taken back"));
    }

    /** Rows read once, which the old version may change afterwards. */
    static boolean saysThatRowsAreReadOnce(Plan plan) {
        return plan.notes().stream().anyMatch(note -> note.text().contains("afterwards does not come into it"));
    }

    /** Triggers that act once for each batch, or less often on a row. */
    static boolean saysThatEffectsDiffer(Plan plan) {
        return plan.notes().stream()
                .anyMatch(note -> note.text().contains("acts once for each batch")
                        || note.text().contains("triggers act once on a row")
                        || note.text().contains("do not act on them")
                        || note.text().contains("of a plain run find"));
    }

    static boolean createsTable(Plan plan) {
        return Stream.of(plan.expand(), plan.contract())
                .flatMap(List::stream)
                .flatMap(step -> step.statements().stream())
                .anyMatch(sql -> sql.contains("CREATE TABLE"));
    }
}
