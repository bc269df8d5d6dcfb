package dev.sluice.planner;

import dev.sluice.catalog.Table;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the parts of planning one table's columns share.
 *
 * @param links the columns that a dual write keeps in step
 * @param supplied columns that the new version does not know and that must not be NULL, for the rows that it writes
 * @param source where the script first says something about the columns
 */
record ColumnWork(
        Draft draft, TableDraft changes, Retyping retyping, List<Link> links, List<Derived> supplied, Source source) {

    static ColumnWork of(Draft draft, TableDraft changes) {
        return new ColumnWork(
                draft,
                changes,
                new Retyping(draft, changes),
                changes.hasColumnChanges() ? new Links(draft, changes).all() : List.of(),
                new Links(draft, changes).supplied(),
                changes.firstSource()
                        .orElse(new Source(draft.request().up().source().file(), 0, 0)));
    }

    Table table() {
        return changes.table();
    }

    QualifiedName name() {
        return table().name();
    }

    /** The beginning of a statement that alters the table. */
    String alter() {
        return "ALTER TABLE " + name().quoted();
    }

    Optional<DualWrite> dualWrite() {
        return dualWrite(links);
    }

    /** One for only some of the links; empty when there is nothing to keep in step. */
    Optional<DualWrite> dualWrite(List<Link> some) {
        return some.isEmpty() && supplied.isEmpty()
                ? Optional.empty()
                : Optional.of(new DualWrite(
                        name(), QualifiedName.of("sluice", draft.ownName(name().name(), "sync")), some, supplied));
    }

    /**
     * A backfill of the table.
     *
     * @param pending which rows still need it
     * @param suppressUserTriggers a plain run would not have fired them
     */
    Step fill(
            String slug, String title, Map<String, String> assignments, String pending, boolean suppressUserTriggers) {
        return fill(slug, title, assignments, pending, suppressUserTriggers, Optional.empty());
    }

    /** @param required which of these rows must not be left; empty: all of them */
    Step fill(
            String slug,
            String title,
            Map<String, String> assignments,
            String pending,
            boolean suppressUserTriggers,
            Optional<String> required) {
        List<Assignment> set = new ArrayList<>();
        assignments.forEach((column, expression) -> set.add(new Assignment(column, expression)));
        StepSpec spec = draft.step(
                        source, slug + " " + name().name() + "." + String.join(", ", assignments.keySet()), title)
                .because(SafeForms.rows(table()) + ", in batches of about 50 ms; resumable")
                .lock(name(), LockMode.ROW_EXCLUSIVE)
                .scans(table());
        return new Step.Backfill(
                spec.info(),
                name(),
                set,
                pending,
                suppressUserTriggers
                        && draft.catalog().actsOnUpdate(table())
                        && !changes.allowsTriggers(draft.directives()),
                SafeForms.keyColumns(table()),
                required);
    }

    /** The UPDATE of the script that fills the link's new columns; none when they are copies, or another type. */
    Optional<Change> filledBy(Link link) {
        return link.ups().stream()
                .flatMap(up -> changes.added(up.column()).stream())
                .flatMap(added -> added.fill().stream())
                .map(AddedColumn.Fill::change)
                .findFirst();
    }

    /** The table's name once contract is over. */
    QualifiedName finalName() {
        return changes.newName().map(TableDraft.TableRenamed::after).orElse(name());
    }

    List<String> newColumns() {
        return links.stream().flatMap(link -> link.newColumns().stream()).toList();
    }

    List<String> oldColumns() {
        return links.stream()
                .flatMap(link -> link.oldColumns().stream())
                .distinct()
                .toList();
    }

    static String list(List<String> names) {
        return String.join(", ", names);
    }
}
