package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Probe;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.NewTableKeys;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ADD FOREIGN KEY: NOT VALID under SHARE ROW EXCLUSIVE on both tables, then VALIDATE. Used once. */
final class ForeignKeys {

    private final Change change;
    private final Draft draft;
    private final TableDraft table;
    private final Node key;
    private final String definition;
    private final List<String> columns;

    ForeignKeys(Change change, Draft draft, TableDraft table, Node key, String definition, List<String> inlineColumns) {
        this.change = requireNonNull(change);
        this.draft = requireNonNull(draft);
        this.table = requireNonNull(table);
        this.key = requireNonNull(key);
        this.definition = requireNonNull(definition);
        this.columns = inlineColumns.isEmpty() ? key.strings("fk_attrs") : List.copyOf(inlineColumns);
    }

    void add() {
        ColumnState.require(draft, change, table, key.strings("fk_attrs"));
        Node pktable = key.get("pktable");
        Optional<TableDraft> parent = draft.findTable(pktable);
        if (parent.isEmpty() && !draft.isNew(pktable)) {
            draft.table(change, pktable);
        }
        QualifiedName target = parent.map(TableDraft::name).orElseGet(() -> draft.nameToCreate(pktable));
        List<String> targetColumns = targetColumns(parent);
        String name = key.has("conname")
                ? key.text("conname")
                : GeneratedNames.foreignKey(draft, change, table.name(), columns);
        draft.mark(new Mark.ConstraintMade(table.name().withName(name)));
        refuseOnPartitioned();
        boolean replaces = table.table().constraint(name).isPresent();
        // the key it refers to comes with the swap
        ScriptBefore before = ScriptBefore.of(draft, change);
        boolean keyComes = parent.isPresent()
                && !NewTableKeys.isUnique(
                        parent.get().table(),
                        targetColumns,
                        index -> !before.drops(index.name().name()));
        // so does a table of this script that itself has to wait
        boolean late = RowsOrder.changesLate(draft, table.name())
                || parent.filter(p -> RowsOrder.changesLate(draft, p.name())).isPresent()
                || parent.isEmpty()
                        && (draft.waitsFor(target.name()).isPresent() || draft.lastRowsChange(target) != Slot.CREATE);
        boolean waits = replaces
                || late
                || keyComes
                || table.waitsForSwap(columns)
                || parent.filter(p -> p.waitsForSwap(targetColumns)).isPresent();
        boolean expand = !waits && restrictsNobodyYet(parent);
        Optional<Probe> orphans = targetColumns.size() == columns.size() && !key.flag("fk_with_period")
                ? Optional.of(new Probe.NoResult(orphans(target, targetColumns, parent)))
                : Optional.empty();
        if (!expand && !late && !key.flag("skip_validation")) {
            orphans.ifPresent(probe -> draft.add(
                    change,
                    Slot.CONTRACT_PREFLIGHT,
                    draft.step(
                                    change,
                                    "orphans " + name + " on " + table.name().name(),
                                    "look for rows of " + table.name().name() + " without a row in " + target.name())
                            .because("the foreign key cannot be validated over them, in a plain run neither")
                            .lock(table.name(), LockMode.ACCESS_SHARE)
                            .lock(target, LockMode.ACCESS_SHARE)
                            .scans(table.table())
                            .check(
                                    probe,
                                    "These rows point to rows of " + target
                                            + " that do not exist. Correct or delete them, then run"
                                            + " contract again.")));
        }
        Slot slot = expand ? Slot.CONSTRAIN : waits ? Slot.AFTER_SWAP : Slot.PREPARE;
        Placement.remember(draft, slot, name);
        if (!expand) {
            KeyEffects.tellOfComing(change, draft, table, key, definition, name, target);
        }
        SafeForms.of(draft, change.source())
                .addConstraint(table.table(), name, withTarget(pktable, target), Optional.of(target), orphans)
                .forEach(step -> draft.add(change, slot, step));
    }

    /**
     * On a column the old version leaves NULL no old write can break the key. But rows of the new version can stop the
     * old version from deleting what they point to, unless the key says what happens to them.
     */
    private boolean restrictsNobodyYet(Optional<TableDraft> parent) {
        boolean nullForOld = columns.stream().anyMatch(c -> ColumnState.isNullForOld(table, c)) && !isMatchFull();
        if (!nullForOld) {
            return false;
        }
        boolean deletes = parent.filter(p -> p.table().stats().deleted() > 0).isPresent();
        boolean restricts = Set.of("", "a", "r").contains(key.text("fk_del_action"));
        if (deletes && restricts) {
            draft.note(
                    Note.Level.INFO,
                    change.source(),
                    "the foreign key waits for contract: rows are deleted from "
                            + parent.orElseThrow().name() + " ("
                            + parent.get().table().stats().deleted()
                            + " so far), and the old version must go on doing so");
            return false;
        }
        return true;
    }

    private boolean isMatchFull() {
        return key.text("fk_matchtype").equals("f");
    }

    private List<String> targetColumns(Optional<TableDraft> parent) {
        List<String> named = key.strings("pk_attrs");
        if (parent.isEmpty()) {
            return named;
        }
        Table target = parent.get().table();
        if (named.isEmpty()) {
            List<String> primary = target.primaryKey().map(k -> k.columns()).orElse(List.of());
            if (primary.isEmpty() && !ScriptBefore.of(draft, change).makesUnique()) {
                throw noKey("table " + target.name() + " has no primary key");
            }
            return primary;
        }
        boolean sameNames = named.stream().allMatch(c -> parent.get().before(c).isPresent());
        if (!NewTableKeys.isUnique(target, named, index -> true)
                && sameNames
                && parent.get().renamed().isEmpty()
                && !ScriptBefore.of(draft, change).makesUnique()) {
            throw noKey("no unique constraint or index of " + target.name() + " has exactly the columns ("
                    + String.join(", ", named) + ")");
        }
        return named;
    }

    private dev.sluice.planner.ChangeRefused noKey(String reason) {
        return draft.refuse(
                change,
                "missing-key",
                reason + ", so the foreign key fails in a plain run too",
                "Add a UNIQUE constraint on the referenced columns before this statement.");
    }

    private void refuseOnPartitioned() {
        if (table.table().kind() == Table.Kind.PARTITIONED && draft.catalog().majorVersion() < 18) {
            throw draft.refuse(
                    change,
                    "add-fk-not-valid-partitioned",
                    table.name()
                            + " is partitioned, and before PostgreSQL 18 a foreign key of a partitioned table cannot be"
                            + " added as NOT VALID: it would be checked while writers wait",
                    "Add the foreign key to each partition.");
        }
    }

    /** The definition with the name the referenced table has until contract is over, and its schema. */
    private String withTarget(Node pktable, QualifiedName target) {
        List<Tokens.Token> tokens = Tokens.of(definition);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).depth() == 0 && tokens.get(i).isWord("references")) {
                int last = pktable.has("schemaname") ? i + 3 : i + 1;
                return definition.substring(0, tokens.get(i + 1).start())
                        + target.quoted()
                        + definition.substring(tokens.get(last).end());
            }
        }
        return definition;
    }

    private String orphans(QualifiedName target, List<String> targetColumns, Optional<TableDraft> parent) {
        List<String> own =
                columns.stream().map(c -> Orphans.CHILD + beforeSwap(table, c)).toList();
        List<String> others = targetColumns.stream()
                .map(c -> Orphans.PARENT + parent.map(p -> beforeSwap(p, c)).orElseGet(() -> Identifier.quote(c)))
                .toList();
        String shown = Stream.concat(
                        SafeForms.keyColumns(table.table()).stream().map(k -> Orphans.CHILD + Identifier.quote(k)),
                        own.stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Orphans(table.name(), own, target, others, isMatchFull()).query(shown);
    }

    private String beforeSwap(TableDraft of, String column) {
        return ColumnState.beforeSwap(draft, of, Identifier.quote(column));
    }
}
