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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the steps for all that a migration does to the columns of one table: one transaction that installs new columns
 * and their dual write, one backfill, one proof, one swap.
 */
final class ColumnChanges {

    private final Draft draft;
    private final TableDraft changes;
    private final Table table;
    private final QualifiedName name;
    private final String alter;
    private final List<Link> links;
    private final Retyping retyping;
    private final Source source;

    ColumnChanges(Draft draft, TableDraft changes) {
        this.draft = requireNonNull(draft);
        this.changes = requireNonNull(changes);
        this.table = changes.table();
        this.name = table.name();
        this.alter = "ALTER TABLE " + name.quoted();
        this.retyping = new Retyping(draft, changes);
        this.links = changes.hasColumnChanges() ? new Links(draft, changes).all() : List.of();
        this.source = changes.firstSource()
                .orElse(new Source(draft.request().up().source().file(), 0, 0));
    }

    void plan() {
        if (changes.hasColumnChanges() || changes.newName().isPresent()) {
            new ColumnWarnings(draft, changes, links).add();
            preflight();
            install();
            backfill();
            constrain();
            changes.newName()
                    .ifPresent(
                            rename -> draft.add(Slot.AFTER_BACKFILL, new UpdatableView(draft, changes).step(rename)));
            if (!retyping.isEmpty()) {
                retyping.prepare();
            }
            readPaths();
            prove();
            swap();
            purge();
        }
    }

    private void readPaths() {
        ReadPaths paths = new ReadPaths(draft, table, source);
        changes.renamed().forEach(paths::indexes);
        paths.statistics(Stream.concat(
                        links.stream().flatMap(link -> link.ups().stream()).map(Derived::column),
                        changes.addedInOrder().stream()
                                .filter(AddedColumn::needsBackfill)
                                .map(AddedColumn::name))
                .distinct()
                .toList());
    }

    private Optional<DualWrite> dualWrite() {
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new DualWrite(name, QualifiedName.of("sluice", draft.ownName(name.name(), "sync")), links));
    }

    private void preflight() {
        for (Link link : links) {
            for (Derived up : link.ups()) {
                if (!up.traits().total()) {
                    draft.add(Slot.PREFLIGHT, evaluates(up, Optional.empty()));
                }
            }
        }
    }

    /** Whether the script's own expression can be evaluated for every row, and its result stored. */
    private Step evaluates(Derived up, Optional<String> when) {
        String what = name.name() + "." + up.column();
        Source written = changes.added(up.column())
                .flatMap(AddedColumn::fill)
                .map(fill -> fill.change().source())
                .orElse(source);
        return draft.step(
                        written,
                        "evaluate " + what + when.map(w -> " " + w).orElse(""),
                        "try the expression for " + what + " on every row")
                .because("the expression can fail; a row for which it does is named before anything is changed")
                .lock(name, LockMode.ACCESS_SHARE)
                .scans(table)
                .check(
                        new dev.sluice.plan.Probe.Evaluates(
                                name, List.of(up.assignable()), "true", SafeForms.keyColumns(table)),
                        "The script's expression for " + what
                                + " fails for this row, and would fail in a plain run too."
                                + " Correct the row, or write the expression so that it can handle it.");
    }

    private void install() {
        List<String> statements = new ArrayList<>();
        List<String> undo = new ArrayList<>();
        List<Step> discards = new ArrayList<>();
        List<String> what = new ArrayList<>();
        dualWrite().ifPresent(dual -> undo.addAll(dual.dropTriggers()));
        for (AddedColumn column : changes.addedInOrder()) {
            statements.add(alter + " ADD COLUMN " + installed(column));
            column.rowByRow().filter(r -> column.needsBackfill()).ifPresent(r -> statements.addAll(r.afterAdding()));
            takeAway(column, undo, discards);
            column.rowByRow().filter(r -> column.needsBackfill()).ifPresent(r -> undo.addAll(r.afterRemoving()));
            what.add(column.name());
        }
        for (TableDraft.Renamed rename : changes.renamed()) {
            Column before = table.column(rename.before()).orElseThrow();
            statements.add(alter + " ADD COLUMN " + Identifier.quote(rename.after()) + " " + ColumnTypes.sql(before));
            undo.add(takeBackRename(rename));
            what.add(rename.after());
        }
        statements.addAll(retyping.install());
        undo.addAll(retyping.uninstall());
        changes.retyped().forEach(r -> what.add(r.column() + " as " + r.type()));
        dualWrite().ifPresent(dual -> statements.addAll(dual.create(DualWrite.Untouched.FILL_NEW)));
        relaxDropped();
        if (statements.isEmpty()) {
            return;
        }
        StepSpec undoSpec = draft.step(
                        source,
                        "remove " + name.name() + "." + String.join(", ", what),
                        "take " + list(what) + " out of " + name.name())
                .lock(name, LockMode.ACCESS_EXCLUSIVE);
        List<Step> undoSteps = new ArrayList<>();
        undoSteps.add(undoSpec.brief(Step.Purpose.ARCHIVE, undo));
        undoSteps.addAll(discards);
        dualWrite()
                .filter(dual -> !dual.dropFunctions().isEmpty())
                .ifPresent(dual -> undoSteps.add(draft.step(
                                source,
                                "drop-functions " + name.name(),
                                "drop the functions of the dual write of " + name.name())
                        .brief(Step.Purpose.DROP, dual.dropFunctions())));
        String title = "add " + name.name() + "." + list(what)
                + (links.isEmpty() ? "" : ", kept in step with " + list(oldColumns()));
        draft.add(
                Slot.INSTALL,
                draft.step(source, "install " + name.name() + "." + String.join(", ", what), title)
                        .because(
                                links.isEmpty()
                                        ? "adding a column without a volatile default changes only the catalog"
                                        : "both versions write while both run; the new columns start empty and are filled next")
                        .lock(name, LockMode.ACCESS_EXCLUSIVE)
                        .undo(undoSteps)
                        .brief(links.isEmpty() ? Step.Purpose.DDL : Step.Purpose.DUAL_WRITE, statements));
    }

    /** A column that a dual write fills carries neither default nor NOT NULL until it is filled. */
    private String installed(AddedColumn column) {
        return column.fill().isPresent() ? Identifier.quote(column.name()) + " " + column.type() : column.definition();
    }

    /** A new column is put aside first, so that nobody can write to it, and dropped when it holds nothing of its own. */
    private void takeAway(AddedColumn column, List<String> undo, List<Step> discards) {
        String archived = draft.archivedName(table, column.name());
        undo.add(putAside(column.name(), Identifier.quote(archived)));
        String keepWhen = Identifier.quote(archived) + " IS NOT NULL"
                + column.defaultExpression()
                        .filter(d -> column.fill().isEmpty() && !column.needsBackfill())
                        .map(d -> " AND " + Identifier.quote(archived) + " IS DISTINCT FROM (" + d + ")")
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

    /** Renames a column out of sight and strips it of what would burden writers; nothing when it is gone already. */
    private String putAside(String column, String archivedQuoted) {
        String table = Identifier.literal(name.quoted());
        return "DO $sluice$ BEGIN\n"
                + "  IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = " + table
                + "::pg_catalog.regclass AND attname = " + Identifier.literal(column) + " AND NOT attisdropped) THEN\n"
                + "    " + alter + " RENAME COLUMN " + Identifier.quote(column) + " TO " + archivedQuoted + ";\n"
                + "    " + alter + " ALTER COLUMN " + archivedQuoted + " DROP NOT NULL, ALTER COLUMN " + archivedQuoted
                + " DROP IDENTITY IF EXISTS, ALTER COLUMN " + archivedQuoted + " DROP DEFAULT;\n"
                + "  END IF;\nEND $sluice$";
    }

    /** Before contract the copy is dropped; after it the column gets its old name back. */
    private String takeBackRename(TableDraft.Renamed rename) {
        return "DO $sluice$ BEGIN\n"
                + "  IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = "
                + Identifier.literal(name.quoted()) + "::pg_catalog.regclass AND attname = "
                + Identifier.literal(rename.before()) + " AND NOT attisdropped) THEN\n"
                + "    " + alter + " DROP COLUMN IF EXISTS " + Identifier.quote(rename.after()) + ";\n"
                + "  ELSE\n"
                + "    " + alter + " RENAME COLUMN " + Identifier.quote(rename.after()) + " TO "
                + Identifier.quote(rename.before()) + ";\n"
                + "  END IF;\nEND $sluice$";
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
            if (!column.notNull() || supplied || isInPrimaryKey(column.name())) {
                continue;
            }
            String what = name.name() + "." + column.name();
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

    private boolean isInPrimaryKey(String column) {
        return table.primaryKey().map(key -> key.columns().contains(column)).orElse(false);
    }

    private Optional<Derived> down(String column) {
        return links.stream()
                .flatMap(link -> link.downs().stream())
                .filter(d -> d.column().equals(column))
                .findFirst();
    }

    private void backfill() {
        Map<String, String> assignments = new LinkedHashMap<>();
        List<String> pending = new ArrayList<>();
        for (Link link : links) {
            link.ups().forEach(up -> assignments.put(up.column(), up.value("")));
            pending.add(link.unfilled());
        }
        for (AddedColumn column : changes.addedInOrder()) {
            if (column.needsBackfill()) {
                assignments.put(column.name(), column.rowByRow().orElseThrow().expression());
                pending.add(Identifier.quote(column.name()) + " IS NULL");
            }
        }
        if (assignments.isEmpty()) {
            return;
        }
        boolean onlyCopies = links.stream().allMatch(link -> link.ups().stream().allMatch(Derived::isCopy))
                && changes.addedInOrder().stream().noneMatch(AddedColumn::needsBackfill);
        draft.add(
                Slot.BACKFILL,
                fill(
                        "backfill",
                        "fill " + name.name() + "." + list(List.copyOf(assignments.keySet())),
                        assignments,
                        String.join(" OR ", pending),
                        onlyCopies,
                        true));
        dualWrite()
                .ifPresent(dual -> draft.add(
                        Slot.SETTLE,
                        draft.step(
                                        source,
                                        "settle " + name.name(),
                                        "from now on NULL in " + list(newColumns()) + " is data")
                                .because("every row is filled: a NULL can only come from the application")
                                .lock(name, LockMode.ACCESS_SHARE)
                                .brief(Step.Purpose.DUAL_WRITE, dual.function(DualWrite.Untouched.LEAVE))));
        for (Link link : links) {
            if (link.translatesBack() && !link.isCopy()) {
                draft.add(
                        Slot.CONSTRAIN,
                        draft.step(
                                        source,
                                        "round-trip " + name.name() + "." + String.join(", ", link.newColumns()),
                                        "look for rows that the way back does not restore exactly")
                                .because("down(up(row)) differs from the row where the down script loses something")
                                .lock(name, LockMode.ACCESS_SHARE)
                                .scans(table)
                                .report(
                                        new dev.sluice.plan.Probe.NoRows(
                                                name,
                                                "NOT (" + link.consistentBack("") + ")",
                                                SafeForms.keyColumns(table)),
                                        "The down script does not give these rows their old values back when the new version"
                                                + " writes " + list(link.newColumns())
                                                + ". Rows that the new version leaves alone"
                                                + " keep their old values."));
            }
        }
    }

    private Step fill(
            String slug,
            String title,
            Map<String, String> assignments,
            String pending,
            boolean suppressUserTriggers,
            boolean big) {
        List<dev.sluice.plan.Assignment> set = new ArrayList<>();
        assignments.forEach((column, expression) -> set.add(new dev.sluice.plan.Assignment(column, expression)));
        boolean hasUserTriggers = table.triggers().stream()
                .anyMatch(t -> t.forEachRow() && t.events().contains(dev.sluice.catalog.Trigger.Event.UPDATE));
        StepSpec spec = draft.step(
                        source, slug + " " + name.name() + "." + String.join(", ", assignments.keySet()), title)
                .because(SafeForms.rows(table) + ", in batches of about 50 ms; resumable")
                .lock(name, LockMode.ROW_EXCLUSIVE);
        if (big) {
            spec.scans(table);
        }
        return new Step.Backfill(
                spec.info(),
                name,
                set,
                pending,
                suppressUserTriggers && hasUserTriggers && !changes.allowsTriggers(draft.directives()),
                SafeForms.keyColumns(table));
    }

    /** NOT NULL on new columns: now if no old write can break it, else in contract. */
    private void constrain() {
        for (AddedColumn column : changes.addedInOrder()) {
            if (column.notNull().isEmpty() || column.isNotNullFromTheStart()) {
                continue;
            }
            Change change = column.notNull().get();
            boolean now = column.needsBackfill()
                    || links.stream()
                            .flatMap(link -> link.ups().stream())
                            .anyMatch(up -> up.column().equals(column.name())
                                    && up.traits().neverNull()
                                    && up.traits().total());
            if (!now) {
                draft.note(
                        Note.Level.INFO,
                        change.source(),
                        name.name() + "." + column.name()
                                + " becomes NOT NULL in contract: what the old version writes can"
                                + " still be NULL there");
            }
            SafeForms.of(draft, change.source())
                    .setNotNull(table, column.name())
                    .forEach(step -> draft.add(now ? Slot.CONSTRAIN : Slot.PREPARE, step));
            column.rowByRow()
                    .filter(r -> now && !r.whenFilled().isEmpty())
                    .ifPresent(r -> draft.add(
                            Slot.CONSTRAIN,
                            draft.step(
                                            change,
                                            "finish " + name.name() + "." + column.name(),
                                            "give " + name.name() + "." + column.name() + " its identity")
                                    .because("changes only the catalog, now that every row has a value")
                                    .lock(name, LockMode.ACCESS_EXCLUSIVE)
                                    .undo(draft.step(
                                                    change,
                                                    "identity-back " + name.name() + "." + column.name(),
                                                    "take the identity of " + name.name() + "." + column.name()
                                                            + " away")
                                            .lock(name, LockMode.ACCESS_EXCLUSIVE)
                                            .brief(
                                                    Step.Purpose.DDL,
                                                    alter + " ALTER COLUMN " + Identifier.quote(column.name())
                                                            + " DROP IDENTITY IF EXISTS, ALTER COLUMN "
                                                            + Identifier.quote(column.name()) + " DROP NOT NULL"))
                                    .brief(Step.Purpose.DDL, r.whenFilled())));
        }
    }

    /** The sweep right before the end of the dual write: sessions with triggers off went past it. */
    private void prove() {
        for (Link link : links) {
            String columns = name.name() + "." + String.join(", ", link.newColumns());
            if (link.hidden()) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.ups().forEach(up -> assignments.put(up.column(), up.value("")));
                draft.add(
                        Slot.PROVE,
                        fill(
                                "sweep",
                                "fill rows of " + columns + " that were written past the dual write",
                                assignments,
                                "NOT (" + link.consistent("") + ")",
                                true,
                                true));
            } else if (link.isCopy()) {
                proof(columns, "NOT (" + link.consistent("") + ")", "the two columns differ");
            } else if (link.translatesBack()) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.ups().forEach(up -> assignments.put(up.column(), up.value("")));
                draft.add(
                        Slot.PROVE,
                        fill(
                                "sweep",
                                "fill rows of " + columns + " that were written past the dual write",
                                assignments,
                                "(" + link.unfilled() + ") AND NOT (" + link.consistentBack("") + ")",
                                false,
                                true));
                proof(
                        columns,
                        "NOT (" + link.consistent("") + ") AND NOT (" + link.consistentBack("") + ")",
                        "the two sides disagree");
            }
            if (link.ups().stream().anyMatch(up -> up.traits().lookup())) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.ups().forEach(up -> assignments.put(up.column(), up.value("")));
                draft.add(
                        Slot.PROVE,
                        fill(
                                "catch-up",
                                "fill rows of " + columns + " whose match came later",
                                assignments,
                                link.unfilled(),
                                false,
                                true));
            }
            for (Derived up : link.ups()) {
                if (!up.traits().total()) {
                    draft.add(Slot.CONTRACT_PREFLIGHT, evaluates(up, Optional.of("again")));
                }
            }
        }
    }

    private void proof(String columns, String predicate, String violation) {
        draft.add(
                Slot.PROVE,
                draft.step(source, "prove " + columns, "prove that old and new columns of every row agree: " + columns)
                        .because("a session with triggers switched off could have written past the dual write")
                        .lock(name, LockMode.ACCESS_SHARE)
                        .scans(table)
                        .check(
                                new dev.sluice.plan.Probe.NoRows(name, predicate, SafeForms.keyColumns(table)),
                                "In these rows " + violation + ": something wrote with triggers switched off"
                                        + " (session_replication_role, DISABLE TRIGGER). Set the right values, then run contract"
                                        + " again."));
    }

    private void swap() {
        List<String> statements = new ArrayList<>();
        List<String> restore = new ArrayList<>();
        changes.newName().ifPresent(rename -> {
            statements.add("DROP VIEW IF EXISTS " + rename.after().quoted());
            restore.add("ALTER TABLE IF EXISTS " + rename.after().quoted() + " RENAME TO "
                    + Identifier.quote(table.name().name()));
        });
        dualWrite().ifPresent(dual -> statements.addAll(dual.drop()));
        for (AddedColumn column : changes.addedInOrder()) {
            if (column.fill().isPresent() && column.defaultExpression().isPresent()) {
                statements.add(alter + " ALTER COLUMN " + Identifier.quote(column.name()) + " SET DEFAULT "
                        + column.defaultExpression().get());
            }
        }
        for (TableDraft.Renamed rename : changes.renamed()) {
            statements.add(alter + " DROP COLUMN " + Identifier.quote(rename.after()));
            statements.add(alter + " RENAME COLUMN " + Identifier.quote(rename.before()) + " TO "
                    + Identifier.quote(rename.after()));
        }
        List<ArchivedColumn> archived = changes.dropped().entrySet().stream()
                .map(drop -> ArchivedColumn.of(draft, table, drop.getKey(), drop.getValue()))
                .toList();
        archived.forEach(column -> statements.addAll(column.archive()));
        archived.forEach(column -> restore.addAll(column.restore()));
        if (!retyping.isEmpty()) {
            statements.addAll(retyping.swap());
        }
        changes.newName()
                .ifPresent(rename -> statements.add(
                        alter + " RENAME TO " + Identifier.quote(rename.after().name())));
        if (statements.isEmpty()) {
            return;
        }
        List<Link> restored =
                links.stream().filter(link -> !link.isCopy() && !link.hidden()).toList();
        DualWrite back = new DualWrite(name, QualifiedName.of("sluice", draft.ownName(name.name(), "sync")), restored);
        if (!restored.isEmpty()) {
            restore.addAll(back.drop());
            restore.addAll(back.create(DualWrite.Untouched.FILL_OLD));
        }
        changes.newName().ifPresent(rename -> restore.addAll(new UpdatableView(draft, changes).create(rename.after())));
        List<Step> undo = new ArrayList<>();
        if (!restore.isEmpty()) {
            undo.add(draft.step(source, "restore " + name.name(), "bring the old columns of " + name.name() + " back")
                    .lock(name, LockMode.ACCESS_EXCLUSIVE)
                    .brief(Step.Purpose.RESTORE, restore));
        }
        for (Link link : restored) {
            if (link.translatesBack()) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.downs().forEach(down -> assignments.put(down.column(), down.value("")));
                undo.add(fill(
                        "refill",
                        "give " + list(List.copyOf(assignments.keySet()))
                                + " the values of rows written since contract",
                        assignments,
                        "NOT (" + link.consistent("") + ") AND NOT (" + link.consistentBack("") + ")",
                        false,
                        true));
            }
        }
        archived.forEach(column -> undo.addAll(column.rebuild()));
        if (!retyping.isEmpty()) {
            undo.addAll(retyping.undo());
        }
        String title = swapTitle(archived);
        StepSpec spec = draft.step(source, "swap " + name.name(), title)
                .because("one short transaction: no moment at which a statement of the new version fails")
                .lock(name, LockMode.ACCESS_EXCLUSIVE)
                .undo(undo);
        archived.forEach(column -> column.peers().forEach(peer -> spec.lock(peer, LockMode.ACCESS_EXCLUSIVE)));
        if (!retyping.isEmpty()) {
            retyping.lock(spec);
        }
        draft.add(Slot.SWAP, spec.brief(Step.Purpose.SWAP, statements));
    }

    private String swapTitle(List<ArchivedColumn> archived) {
        List<String> parts = new ArrayList<>();
        if (!links.isEmpty()) {
            parts.add("end the dual write of " + name.name());
        }
        changes.retyped().forEach(r -> parts.add("make " + r.column() + " " + r.type()));
        changes.newName()
                .ifPresent(r -> parts.add("rename the table to " + r.after().name()));
        changes.renamed().forEach(r -> parts.add("rename " + r.before() + " to " + r.after()));
        if (!archived.isEmpty()) {
            parts.add("archive "
                    + list(archived.stream().map(ArchivedColumn::column).toList()));
        }
        return parts.isEmpty() ? "finish " + name.name() : String.join(", ", parts);
    }

    private void purge() {
        if (!retyping.isEmpty()) {
            retyping.purge(finalName());
        }
        for (Map.Entry<String, Change> drop : changes.dropped().entrySet()) {
            String archived = draft.archivedName(table, drop.getKey());
            draft.add(
                    Slot.PURGE,
                    draft.step(
                                    drop.getValue(),
                                    "purge " + name.name() + "." + drop.getKey(),
                                    "drop the archived column " + name.name() + "." + drop.getKey() + " for good")
                            .because("its values cannot be brought back after this")
                            .lock(name, LockMode.ACCESS_EXCLUSIVE)
                            .brief(
                                    Step.Purpose.DROP,
                                    "ALTER TABLE " + finalName().quoted() + " DROP COLUMN IF EXISTS "
                                            + Identifier.quote(archived)));
        }
    }

    /** The table's name once contract is over. */
    private QualifiedName finalName() {
        return changes.newName().map(TableDraft.TableRenamed::after).orElse(name);
    }

    private List<String> newColumns() {
        return links.stream().flatMap(link -> link.newColumns().stream()).toList();
    }

    private List<String> oldColumns() {
        return links.stream()
                .flatMap(link -> link.oldColumns().stream())
                .distinct()
                .toList();
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }
}
