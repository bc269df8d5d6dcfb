package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The one transaction that puts the new columns and the dual write in place, and what takes it back. */
final class ColumnInstall {

    /** Types without {@code =}, or (box, circle, path) with one that means something else. */
    private static final Set<String> WITHOUT_EQUALITY =
            Set.of("json", "xml", "point", "polygon", "path", "box", "circle");

    private final ColumnWork work;
    private final Draft draft;
    private final TableDraft changes;
    private final Table table;
    private final QualifiedName name;
    private final String alter;
    private final List<Link> links;
    private final Retyping retyping;
    private final Source source;

    ColumnInstall(ColumnWork work) {
        this.work = requireNonNull(work);
        this.draft = work.draft();
        this.changes = work.changes();
        this.table = work.table();
        this.name = work.name();
        this.alter = work.alter();
        this.links = work.links();
        this.retyping = work.retyping();
        this.source = work.source();
    }

    void install() {
        List<String> statements = new ArrayList<>();
        List<String> undo = new ArrayList<>();
        List<Step> discards = new ArrayList<>();
        List<String> what = new ArrayList<>();
        WidenedTriggers triggers = new WidenedTriggers(draft, changes);
        work.dualWrite().ifPresent(dual -> undo.addAll(dual.dropTriggers()));
        undo.addAll(triggers.narrow());
        for (AddedColumn column : changes.addedInOrder()) {
            statements.add(alter + " ADD COLUMN " + installed(column));
            column.rowByRow().filter(r -> column.needsBackfill()).ifPresent(r -> statements.addAll(r.afterAdding()));
            takeAway(column, undo, discards);
            column.rowByRow().filter(r -> column.fill().isEmpty()).ifPresent(r -> undo.addAll(r.afterRemoving()));
            what.add(column.name());
        }
        for (TableDraft.Renamed rename : changes.renamed()) {
            Column before = table.column(rename.before()).orElseThrow();
            statements.add(alter + " ADD COLUMN " + Identifier.quote(rename.after()) + " " + changes.type(before));
            // by itself: rows that are there have no value yet
            new Links(draft, changes)
                    .sharedDefault(rename)
                    .ifPresent(value -> statements.add(
                            alter + " ALTER COLUMN " + Identifier.quote(rename.after()) + " SET DEFAULT " + value));
            undo.add(takeBackRename(rename));
            what.add(rename.after());
        }
        statements.addAll(retyping.install());
        undo.addAll(retyping.uninstall());
        changes.retyped().forEach(r -> what.add(r.column() + " as " + r.type()));
        work.dualWrite().ifPresent(dual -> statements.addAll(dual.create(DualWrite.Untouched.FILL_NEW)));
        statements.addAll(triggers.widen());
        relaxDropped();
        if (statements.isEmpty()) {
            return;
        }
        StepSpec undoSpec = draft.step(
                        source,
                        "remove " + name.name() + "." + String.join(", ", what),
                        "take " + ColumnWork.list(what) + " out of " + name.name())
                .lock(name, LockMode.ACCESS_EXCLUSIVE);
        List<Step> undoSteps = new ArrayList<>();
        undoSteps.add(undoSpec.brief(Step.Purpose.ARCHIVE, undo));
        undoSteps.addAll(discards);
        work.dualWrite()
                .filter(dual -> !dual.dropFunctions().isEmpty())
                .ifPresent(dual -> undoSteps.add(draft.step(
                                source,
                                "drop-functions " + name.name(),
                                "drop the functions of the dual write of " + name.name())
                        .brief(Step.Purpose.DROP, dual.dropFunctions())));
        work.supplied().forEach(d -> what.add(d.column() + " for rows that leave it out"));
        String title = "add " + name.name() + "." + ColumnWork.list(what)
                + (links.isEmpty()
                        ? ""
                        : work.oldColumns().isEmpty()
                                ? ", and set it in every row that is written"
                                : ", kept in step with " + ColumnWork.list(work.oldColumns()));
        draft.add(
                Slot.INSTALL,
                draft.step(source, "install " + name.name() + "." + String.join(", ", what), title)
                        .because((links.isEmpty()
                                        ? "adding a column without a volatile default changes only the catalog"
                                        : "both versions write while both run; the new columns start empty and are filled"
                                                + " next")
                                + rewritten())
                        .lock(name, LockMode.ACCESS_EXCLUSIVE)
                        .undo(undoSteps)
                        .brief(work.dualWrite().isEmpty() ? Step.Purpose.DDL : Step.Purpose.DUAL_WRITE, statements));
    }

    /** What the plan says of columns whose values ADD COLUMN itself writes into every row. */
    private String rewritten() {
        List<String> names = changes.addedInOrder().stream()
                .filter(added -> added.rewritesTable(draft.catalog()))
                .map(AddedColumn::name)
                .toList();
        return names.isEmpty()
                ? ""
                : "; for " + ColumnWork.list(names) + " every row is rewritten: with " + SafeForms.rows(table)
                        + " that takes milliseconds";
    }

    /** A column that a dual write fills carries neither default nor NOT NULL until it is filled. */
    private String installed(AddedColumn column) {
        return column.fill().isPresent() ? Identifier.quote(column.name()) + " " + column.type() : column.definition();
    }

    /** A new column is put aside first, so that nobody can write to it, and dropped when it holds nothing of its own. */
    private void takeAway(AddedColumn column, List<String> undo, List<Step> discards) {
        String archived = draft.archivedName(table, column.name());
        undo.add(PutAside.sql(name, column.name(), archived));
        String keepWhen = Identifier.quote(archived) + " IS NOT NULL"
                + column.defaultExpression()
                        .filter(d -> column.fill().isEmpty() && !column.needsBackfill())
                        .map(d -> " AND " + differs(column, Identifier.quote(archived), d))
                        .orElse("");
        Optional<Link> link = links.stream()
                .filter(l -> l.newColumns().contains(column.name()))
                .findFirst();
        String keep = link.map(l -> l.notReproducible(column.name(), c -> draft.archivedName(table, c)))
                .orElse(keepWhen);
        discards.add(draft.step(
                        source,
                        "discard " + name.name() + "." + column.name(),
                        "drop " + name.name() + "." + column.name()
                                + ", or keep it in the archive if it holds values of its own")
                .because("values that the old version cannot hold are not thrown away")
                .lock(name, LockMode.ACCESS_EXCLUSIVE)
                .discard(
                        name,
                        Optional.of(archived),
                        column.needsBackfill() ? "false" : keep,
                        List.of(alter + " DROP COLUMN IF EXISTS " + Identifier.quote(archived))));
    }

    private static String differs(AddedColumn column, String archived, String defaultExpression) {
        String type = column.type().toLowerCase(Locale.ROOT).replaceFirst("[^a-z].*", "");
        String as = WITHOUT_EQUALITY.contains(type) ? "::text" : "";
        return archived + as + " IS DISTINCT FROM (" + defaultExpression + ")" + as;
    }

    /** Before contract the copy is dropped; after it the column gets its old name back. */
    private String takeBackRename(TableDraft.Renamed rename) {
        return IfExists.of(
                IfExists.column(name, rename.before()),
                List.of(alter + " DROP COLUMN IF EXISTS " + Identifier.quote(rename.after())),
                List.of(alter + " RENAME COLUMN " + Identifier.quote(rename.after()) + " TO "
                        + Identifier.quote(rename.before())));
    }

    /** What the new version does not know it must be able to leave out. */
    private void relaxDropped() {
        for (Map.Entry<String, Change> drop : changes.dropped().entrySet()) {
            Column column = table.column(drop.getKey()).orElseThrow();
            Optional<Derived> down = down(column.name());
            boolean supplied = down.map(d -> d.traits().neverNull()).orElse(false)
                    || down.isEmpty() && column.defaultExpression().isPresent()
                    || column.isGenerated()
                    || column.isIdentity();
            String what = name.name() + "." + column.name();
            if (!column.notNull() || supplied) {
                continue;
            }
            if (isInPrimaryKey(column.name())) {
                draft.note(
                        Note.Level.WARNING,
                        drop.getValue().source(),
                        "until contract the new version cannot insert into " + name + ": " + column.name()
                                + " is part of the primary key and nothing gives it a value. Give it a default in a migration"
                                + " before this one, or an UPDATE of " + column.name() + " in the down script.");
                continue;
            }
            requireNoReplicaIdentity(column, drop.getValue());
            String quoted = Identifier.quote(column.name());
            Source at = drop.getValue().source();
            draft.note(
                    Note.Level.WARNING,
                    at,
                    "rows that the new version writes may have NULL in " + what
                            + " until contract: it does not know the" + " column"
                            + (down.isPresent() ? ", and the down script's expression can be NULL" : ""));
            List<Step> undo = new ArrayList<>(SafeForms.inUndo(draft, at).setNotNull(table, column.name()));
            draft.add(
                    Slot.INSTALL,
                    draft.step(at, "relax " + what, "let " + what + " be NULL")
                            .because("the new version no longer writes it")
                            .lock(name, LockMode.ACCESS_EXCLUSIVE)
                            .undo(undo)
                            .brief(Step.Purpose.DDL, alter + " ALTER COLUMN " + quoted + " DROP NOT NULL"));
        }
    }

    /** What identifies rows for subscribers cannot be NULL, which the new version makes it. */
    private void requireNoReplicaIdentity(Column column, Change drop) {
        table.indexes().stream()
                .filter(index -> index.replicaIdentity() && index.keyColumns().contains(column.name()))
                .findFirst()
                .ifPresent(index -> {
                    throw draft.refuse(
                            drop,
                            "drop-replica-identity",
                            "index " + index.name().name() + ", by which " + name + " is replicated, needs "
                                    + column.name() + " to be NOT NULL, and the new version leaves it out",
                            "Write ALTER TABLE … REPLICA IDENTITY DEFAULT in a migration before this one, or give the column a"
                                    + " default there.");
                });
    }

    private boolean isInPrimaryKey(String column) {
        return table.primaryKey().map(key -> key.columns().contains(column)).orElse(false);
    }

    private Optional<Derived> down(String column) {
        return Stream.concat(links.stream().flatMap(link -> link.downs().stream()), work.supplied().stream())
                .filter(d -> d.column().equals(column))
                .findFirst();
    }
}
