package dev.sluice.planner;

import dev.sluice.plan.Phase;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Foreign keys of tables that the migration makes, to tables in use. From the moment the new version writes rows of the new
 * table, such a key makes a DELETE of the old version fail, unless it says what becomes of these rows. So it waits for
 * contract when rows are deleted from the table it refers to. Pure.
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
                && RESTRICT.contains(key.text("fk_del_action"))
                && !wanted
                && parent(draft, key)
                        .filter(parent -> parent.table().stats().deleted() > 0)
                        .isPresent()
                && !isChangedAgain(draft, change, newTable)
                && !(isPartitioned(draft, newTable) && draft.catalog().majorVersion() < 18);
    }

    private static Optional<TableDraft> parent(Draft draft, Node key) {
        Node pktable = key.get("pktable");
        return draft.isNew(pktable)
                ? Optional.empty()
                : draft.findTable(pktable).filter(parent -> draft.protection().protects(parent.name()));
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
