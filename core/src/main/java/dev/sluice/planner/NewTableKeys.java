package dev.sluice.planner;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Phase;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Foreign keys of tables that the migration makes, to tables in use. From the moment the new version writes rows of the new
 * table, such a key makes a DELETE of the old version fail, unless it says what becomes of these rows. So it waits for
 * contract when rows are deleted from the table it refers to; and when what it refers to is made only there. Pure.
 */
public final class NewTableKeys {

    private static final Set<String> RESTRICT = Set.of("", "a", "r");

    private static final Set<String> ABOUT_A_CONSTRAINT =
            Set.of("AT_DropConstraint", "AT_ValidateConstraint", "AT_AlterConstraint");

    private NewTableKeys() {}

    /** Whether the statement only adds such keys to a table of this migration. */
    static boolean areAll(Draft draft, Statement statement) {
        if (!statement.node().is("AlterTableStmt")
                || !draft.isNew(statement.node().get("relation"))) {
            return false;
        }
        List<Change> changes = Change.of(statement);
        return changes.stream()
                .allMatch(change -> change.kind().equals("AT_AddConstraint")
                        && waits(
                                draft,
                                change,
                                draft.nameToCreate(change.relation()),
                                change.command().get("def")));
    }

    /** Whether this key of the new table waits for contract. */
    public static boolean waits(Draft draft, Change change, QualifiedName newTable, Node key) {
        boolean wanted = draft.directives().phase(change).equals(Optional.of(Phase.EXPAND));
        return key.text("contype").equals("CONSTR_FOREIGN")
                && (comes(draft, key) || restricts(draft, key) && !wanted)
                && !isChangedAgain(draft, change, newTable)
                && !(isPartitioned(draft, newTable) && draft.catalog().majorVersion() < 18);
    }

    private static boolean restricts(Draft draft, Node key) {
        return RESTRICT.contains(key.text("fk_del_action"))
                && parent(draft, key)
                        .filter(parent -> draft.protection().protects(parent.name()))
                        .filter(parent -> parent.table().stats().deleted() > 0)
                        .isPresent();
    }

    /** Whether it refers to columns, or needs a key over them, that the script gives the table after new tables are made. */
    public static boolean comes(Draft draft, Node key) {
        return key.text("contype").equals("CONSTR_FOREIGN")
                && parent(draft, key)
                        .filter(parent -> comes(ScriptBefore.end(draft), parent, targetColumns(key, parent)))
                        .isPresent();
    }

    private static boolean comes(ScriptBefore script, TableDraft parent, List<String> columns) {
        return parent.waitsForSwap(columns)
                || columns.stream().anyMatch(parent::isAdded)
                || !isUnique(
                        parent.table(),
                        columns,
                        index -> !script.drops(index.name().name())
                                && index.keyColumns().stream()
                                        .noneMatch(c -> script.drops(ObjectRef.column(parent.name(), c))));
    }

    /**
     * Whether a unique index has exactly these columns, so that a foreign key can refer to them.
     *
     * @param stays one that the script drops is not what the key will depend on
     */
    public static boolean isUnique(Table target, List<String> columns, Predicate<Index> stays) {
        return target.indexes().stream()
                .filter(i -> i.unique() && i.predicate().isEmpty() && !i.hasExpressionKeys())
                .filter(stays)
                .anyMatch(i -> Set.copyOf(i.keyColumns()).equals(Set.copyOf(columns)));
    }

    /** What a foreign key refers to: the primary key, where it does not say; empty when the table has none yet. */
    public static List<String> targetColumns(Node key, TableDraft parent) {
        return key.strings("pk_attrs").isEmpty()
                ? parent.table().primaryKey().map(Constraint::columns).orElse(List.of())
                : key.strings("pk_attrs");
    }

    /** Until contract that name is a view's, to which no key can refer. */
    static void requireOldNames(Draft draft, Statement statement) {
        if (!statement.node().is("AlterTableStmt")
                || !draft.isNew(statement.node().get("relation"))) {
            return;
        }
        for (Change change : Change.of(statement)) {
            for (Node key : change.command().all("Constraint")) {
                parent(draft, key)
                        .filter(parent -> parent.newName().isPresent())
                        .ifPresent(parent -> {
                            throw renamed(draft, change, parent);
                        });
            }
        }
    }

    /** A new table cannot refer to the one under its new name. */
    public static ChangeRefused renamed(Draft draft, Change change, TableDraft parent) {
        return draft.refuse(
                change,
                "rename-table",
                "the script renames " + parent.name()
                        + " and refers to it under its new name, which is that of a view until contract",
                "Create the table before the rename, or in a migration of its own after contract.");
    }

    /** What the foreign keys refer to that an ALTER of a new table adds. */
    static Set<QualifiedName> targets(Draft draft, Node alter) {
        Set<QualifiedName> targets = new TreeSet<>();
        for (Node constraint : alter.all("Constraint")) {
            if (constraint.text("contype").equals("CONSTR_FOREIGN")) {
                Node target = constraint.get("pktable");
                draft.newRelation(target)
                        .or(() -> draft.findTable(target).map(TableDraft::name))
                        .ifPresent(targets::add);
            }
        }
        return targets;
    }

    /** Tables that these statements make, and give a foreign key to this one. */
    public static Set<QualifiedName> referringTo(Draft draft, TableDraft parent, List<Statement> statements) {
        Set<QualifiedName> made = new TreeSet<>();
        Set<QualifiedName> referring = new TreeSet<>();
        for (Statement statement : statements) {
            Node node = statement.node();
            if (node.is("CreateStmt")) {
                made.add(draft.nameToCreate(node.get("relation")));
            }
            if (node.is("CreateStmt") || node.is("AlterTableStmt")) {
                QualifiedName table = draft.nameToCreate(node.get("relation"));
                node.all("Constraint").stream()
                        .filter(key -> made.contains(table))
                        .filter(key ->
                                parent(draft, key).filter(p -> p == parent).isPresent())
                        .forEach(key -> referring.add(table));
            }
        }
        return referring;
    }

    /** Takes such keys back, whose names may be those that the server gave; nothing where the table is not there. */
    public static String drop(QualifiedName table, Set<QualifiedName> targets) {
        String referred = targets.stream()
                .map(target -> Identifier.literal(target.quoted()))
                .collect(Collectors.joining(", "));
        return "DO " + DollarQuote.of("""
                DECLARE key record; BEGIN
                  FOR key IN SELECT conname FROM pg_catalog.pg_constraint
                    WHERE conrelid = pg_catalog.to_regclass(%1$s) AND contype = 'f' AND coninhcount = 0
                    AND confrelid = ANY (SELECT pg_catalog.to_regclass(name) FROM pg_catalog.unnest(ARRAY[%2$s]) name) LOOP
                    EXECUTE pg_catalog.format('ALTER TABLE %%s DROP CONSTRAINT %%I', %1$s, key.conname);
                  END LOOP;
                END""".formatted(Identifier.literal(table.quoted()), referred));
    }

    private static Optional<TableDraft> parent(Draft draft, Node key) {
        Node pktable = key.get("pktable");
        return !key.has("pktable") || draft.isNew(pktable) ? Optional.empty() : draft.findTable(pktable);
    }

    /** What the script says of the table or its constraints later runs before contract, as written. */
    private static boolean isChangedAgain(Draft draft, Change change, QualifiedName newTable) {
        return draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start())
                .flatMap(s -> Change.of(s).stream())
                .anyMatch(later -> ABOUT_A_CONSTRAINT.contains(later.kind()) && isOf(draft, later, newTable)
                        || later.kind().equals("RenameStmt") && isOf(draft, later, newTable)
                        || later.kind().equals("CreateStmt")
                                && later.command().list("inhRelations").stream()
                                        .anyMatch(of -> draft.nameToCreate(of).equals(newTable))
                        || new ScriptBefore(List.of(later)).drops(newTable.name()));
    }

    /** Before PostgreSQL 18 such a table's key cannot be added first and validated later. */
    private static boolean isPartitioned(Draft draft, QualifiedName newTable) {
        return draft.request().up().statements().stream()
                .filter(s -> s.node().is("CreateStmt") && s.node().has("partspec"))
                .anyMatch(s -> draft.nameToCreate(s.node().get("relation")).equals(newTable));
    }

    private static boolean isOf(Draft draft, Change change, QualifiedName table) {
        return draft.nameToCreate(change.relation()).equals(table);
    }
}
