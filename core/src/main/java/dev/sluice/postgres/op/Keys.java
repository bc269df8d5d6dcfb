package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** ADD UNIQUE and ADD PRIMARY KEY: the index CONCURRENTLY, then the constraint USING INDEX. Used once. */
final class Keys {

    private final Change change;
    private final Draft draft;
    private final TableDraft table;
    private final Node key;
    private final String definition;
    private final boolean primary;
    private final List<String> columns;

    Keys(Change change, Draft draft, TableDraft table, Node key, String definition, List<String> inlineColumns) {
        this.change = requireNonNull(change);
        this.draft = requireNonNull(draft);
        this.table = requireNonNull(table);
        this.key = requireNonNull(key);
        this.definition = requireNonNull(definition);
        this.primary = key.text("contype").equals("CONSTR_PRIMARY");
        this.columns = inlineColumns.isEmpty() ? key.strings("keys") : List.copyOf(inlineColumns);
    }

    void add() {
        ScriptBefore before = ScriptBefore.of(draft, change);
        table.table()
                .primaryKey()
                .filter(old -> primary && !before.drops(old.name()) && !before.dropsColumnOf(table.name(), old))
                .ifPresent(old -> {
                    throw draft.refuse(
                            change,
                            "duplicate-primary-key",
                            table.name() + " has a primary key already: " + old.name(),
                            "Drop it in a statement before this one.");
                });
        ColumnState.require(draft, change, table, key.strings("keys"));
        if (key.has("indexname")) {
            usingIndex();
            return;
        }
        String name = key.has("conname")
                ? key.text("conname")
                : GeneratedNames.key(draft, change, table.name(), named(), primary);
        if (key.flag("without_overlaps")) {
            withoutOverlaps(name);
            return;
        }
        QualifiedName index = table.name().withName(name);
        boolean replaces = draft.catalog().index(index).isPresent();
        boolean late = RowsOrder.changesLate(draft, table.name());
        boolean waits = replaces || late || table.waitsForSwap(columns);
        boolean expand = !waits && !primary && ColumnState.ofKey(table, columns, key.flag("nulls_not_distinct"));
        if (!expand && !late) {
            duplicates(name);
        }
        if (primary) {
            notNull(columns, waits);
        }
        Slot build = waits ? Slot.AFTER_SWAP : expand ? Slot.INDEX : Slot.PREPARE;
        Slot attach = waits ? Slot.AFTER_SWAP : expand ? Slot.AFTER_BACKFILL : Slot.SWAP;
        Placement.remember(draft, attach, name);
        if (isPartitioned()) {
            if (primary && draft.catalog().majorVersion() >= 18) {
                draft.refuseUnlessAllowed(
                        change,
                        "add-unique-constraint",
                        table.name()
                                + " is partitioned: built partition by partition, without stopping writers, a primary key"
                                + " would make the NOT NULL of each partition its own, which no longer goes when that of "
                                + table.name() + " is dropped (PostgreSQL 18)",
                        "Add a UNIQUE constraint over these columns, which does the same for foreign keys.");
            }
            new PartitionedKey(draft, change, table.table(), index, form())
                    .add(build, attach, attachSpec(name), dropSpec(name));
            return;
        }
        draft.created(index);
        draft.mark(new Mark.ConstraintMade(index));
        draft.add(
                change,
                build,
                SafeForms.of(draft, change.source())
                        .buildIndex(table.table(), index, createIndex(table.name(), index), -1));
        String drop = alter() + " DROP CONSTRAINT IF EXISTS " + Identifier.quote(name);
        draft.add(
                change,
                attach,
                attachSpec(name)
                        .undo(dropSpec(name).brief(Step.Purpose.DDL, drop))
                        .brief(
                                Step.Purpose.DDL,
                                alter() + " ADD CONSTRAINT " + Identifier.quote(name) + " " + constraintUsing(index)));
    }

    /** An exclusion constraint in all but name (PostgreSQL 18). */
    private void withoutOverlaps(String name) {
        if (primary) {
            notNull(columns, false);
        }
        Constraints.withIndex(change, draft, table, name, "a key WITHOUT OVERLAPS", definition);
    }

    private boolean isPartitioned() {
        return table.table().kind() == Table.Kind.PARTITIONED;
    }

    private String constraintUsing(QualifiedName index) {
        return word() + " USING INDEX " + Identifier.quote(index.name()) + deferral();
    }

    private String word() {
        return primary ? "PRIMARY KEY" : "UNIQUE";
    }

    private PartitionedKey.Form form() {
        return new PartitionedKey.Form() {
            @Override
            public boolean primary() {
                return primary;
            }

            @Override
            public List<String> columns() {
                return columns;
            }

            @Override
            public List<String> names() {
                return named();
            }

            @Override
            public String createIndex(Table part, QualifiedName index) {
                return Keys.this.createIndex(part.name(), index);
            }

            @Override
            public String definition() {
                return word() + (key.flag("nulls_not_distinct") ? " NULLS NOT DISTINCT" : "") + " (" + list(columns)
                        + ")" + included() + options() + (tablespace().isEmpty() ? "" : " USING INDEX" + tablespace())
                        + deferral();
            }

            @Override
            public String usingIndex(QualifiedName index) {
                return constraintUsing(index);
            }
        };
    }

    /** An index the author has built is taken as it is. */
    private void usingIndex() {
        String indexName = key.text("indexname");
        String name = key.has("conname") ? key.text("conname") : indexName;
        if (isPartitioned()) {
            throw draft.refuse(
                    change,
                    "add-unique-constraint",
                    table.name() + " is partitioned: PostgreSQL makes no constraint of a given index there",
                    "Write ADD " + word()
                            + " (column, …); the indexes of the partitions are built without stopping writers.");
        }
        Optional<Index> index = table.table().index(indexName);
        if (index.isEmpty() && !draft.isNew(table.name().withName(indexName))) {
            throw draft.refuse(
                    change,
                    "missing-relation",
                    "index \"" + indexName + "\" of table " + table.name() + " does not exist",
                    "Write CREATE UNIQUE INDEX before this statement.");
        }
        List<String> keys = index.map(Index::keyColumns).orElseGet(() -> columnsOfNewIndex(indexName));
        boolean waits = table.waitsForSwap(keys);
        if (primary) {
            notNull(keys, waits);
        }
        List<Step> undo = new ArrayList<>();
        undo.add(dropSpec(name)
                .brief(Step.Purpose.DDL, alter() + " DROP CONSTRAINT IF EXISTS " + Identifier.quote(name)));
        index.ifPresent(
                i -> undo.addAll(SafeForms.inUndo(draft, change.source()).buildIndex(table.table(), i)));
        draft.add(
                change,
                waits ? Slot.AFTER_SWAP : Slot.SWAP,
                attachSpec(name)
                        .undo(undo)
                        .brief(
                                Step.Purpose.DDL,
                                alter() + " ADD CONSTRAINT " + Identifier.quote(name) + " " + definition));
    }

    private List<String> columnsOfNewIndex(String index) {
        return ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("IndexStmt")
                        && c.command().text("idxname").equals(index))
                .flatMap(c -> c.command().list("indexParams").stream())
                .map(p -> p.text("name"))
                .filter(c -> !c.isEmpty())
                .toList();
    }

    private StepSpec attachSpec(String name) {
        return draft.step(
                        change,
                        "attach-key " + name + " on " + table.name().name(),
                        "make its index the constraint " + name)
                .because("the index is there already: only the catalog changes")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
    }

    private StepSpec dropSpec(String name) {
        return draft.step(
                        change,
                        "drop-constraint " + name + " on " + table.name().name(),
                        "drop constraint " + name)
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
    }

    private void duplicates(String name) {
        List<String> before = columns.stream()
                .map(c -> ColumnState.beforeSwap(draft, table, Identifier.quote(c)))
                .toList();
        IndexDefinition keys = new IndexDefinition(
                true,
                key.flag("nulls_not_distinct"),
                "",
                before,
                List.of(),
                Optional.empty(),
                java.util.Set.copyOf(columns),
                columns);
        draft.add(
                change,
                Slot.CONTRACT_PREFLIGHT,
                draft.step(
                                change,
                                "duplicates " + name + " on " + table.name().name(),
                                "look for duplicates of " + String.join(", ", columns) + " in "
                                        + table.name().name())
                        .because("the unique index cannot be built over them, in a plain run neither")
                        .lock(table.name(), LockMode.ACCESS_SHARE)
                        .scans(table.table())
                        .check(
                                new Probe.NoResult(keys.duplicates(table.name())),
                                "These values occur more than once. Change or remove the rows, then run contract again."));
    }

    /** A primary key makes its columns NOT NULL; without this PostgreSQL would read the table under ACCESS EXCLUSIVE. */
    private void notNull(List<String> keys, boolean waits) {
        for (String column : keys) {
            Optional<AddedColumn> added = table.added(column);
            if (added.isPresent()) {
                if (added.get().notNull().isEmpty()) {
                    table.put(added.get().withNotNull(Optional.of(change)));
                }
            } else if (table.before(column).filter(c -> !c.notNull()).isPresent()) {
                String before = table.before(column).get().name();
                if (!RowsOrder.changesLate(draft, table.name())) {
                    draft.add(
                            change,
                            Slot.CONTRACT_PREFLIGHT,
                            draft.step(
                                            change,
                                            "nulls " + table.name().name() + "." + before,
                                            "look for NULLs in " + table.name().name() + "." + before)
                                    .because("a primary key has none, in a plain run neither")
                                    .lock(table.name(), LockMode.ACCESS_SHARE)
                                    .scans(table.table())
                                    .check(
                                            new Probe.NoRows(
                                                    table.name(),
                                                    Identifier.quote(before) + " IS NULL",
                                                    SafeForms.keyColumns(table.table())),
                                            "These rows have NULL in a column of the primary key. Give them a value, then run contract"
                                                    + " again."));
                }
                SafeForms.of(draft, change.source())
                        .setNotNull(table.table(), waits ? column : before)
                        .forEach(step -> draft.add(change, waits ? Slot.AFTER_SWAP : Slot.PREPARE, step));
            }
        }
    }

    /** CREATE UNIQUE INDEX with everything the constraint says about its index. */
    private String createIndex(QualifiedName on, QualifiedName index) {
        return "CREATE UNIQUE INDEX " + Identifier.quote(index.name()) + " ON " + on.quoted() + " USING btree ("
                + list(columns) + ")" + included() + (key.flag("nulls_not_distinct") ? " NULLS NOT DISTINCT" : "")
                + options() + tablespace();
    }

    private String included() {
        return key.strings("including").isEmpty() ? "" : " INCLUDE (" + list(key.strings("including")) + ")";
    }

    private String tablespace() {
        return key.has("indexspace") ? " TABLESPACE " + Identifier.quote(key.text("indexspace")) : "";
    }

    private static String list(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }

    /** {@code WITH (fillfactor = 70)}. */
    private String options() {
        List<Tokens.Token> tokens = Tokens.of(definition);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).depth() == 0 && tokens.get(i).isWord("with")) {
                for (int j = i; j < tokens.size(); j++) {
                    if (tokens.get(j).is(")") && tokens.get(j).depth() == 0) {
                        return " "
                                + definition.substring(
                                        tokens.get(i).start(), tokens.get(j).end());
                    }
                }
            }
        }
        return "";
    }

    /** In a column's definition the parse tree has these words apart from the constraint. */
    private String deferral() {
        List<Tokens.Token> tokens =
                Tokens.of(definition).stream().filter(t -> t.depth() == 0).toList();
        boolean deferrable = false;
        boolean deferred = false;
        for (int i = 1; i < tokens.size(); i++) {
            deferrable |=
                    tokens.get(i).isWord("deferrable") && !tokens.get(i - 1).isWord("not");
            deferred |= tokens.get(i).isWord("deferred");
        }
        return (deferrable || deferred ? " DEFERRABLE" : "") + (deferred ? " INITIALLY DEFERRED" : "");
    }

    private List<String> named() {
        List<String> names = new ArrayList<>(columns);
        names.addAll(key.strings("including"));
        return names;
    }

    private String alter() {
        return "ALTER TABLE " + table.name().quoted();
    }
}
