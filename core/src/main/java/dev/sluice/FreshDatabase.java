package dev.sluice;

import dev.sluice.catalog.Catalog;
import dev.sluice.planner.Mentions;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A database in which nothing was to be protected when the run began: its first catalog, and which of that catalog's
 * tables the run may have filled, dropped or renamed since, so that they can no longer be asked to be there and empty.
 * Not thread-safe.
 */
final class FreshDatabase {

    /** Statements that leave every table where it was, with the rows it had. */
    private static final Set<String> LEAVES_TABLES = Set.of(
            "AlterTableStmt",
            "CommentStmt",
            "CreateEnumStmt",
            "CreateExtensionStmt",
            "CreateFunctionStmt",
            "CreateSeqStmt",
            "CreateStmt",
            "CreateTrigStmt",
            "GrantStmt",
            "IndexStmt",
            "TransactionStmt",
            "VariableSetStmt",
            "ViewStmt");

    /** Statements whose effect on tables is confined to those they name. */
    private static final Set<String> CONFINED = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "RenameStmt");

    /** After these, names without a schema may mean something else. */
    private static final Set<String> CHANGES_SCHEMAS = Set.of("CreateSchemaStmt", "DropStmt", "RenameStmt", "DoStmt");

    private final Set<String> planned = new HashSet<>();
    private final Set<QualifiedName> touched;
    private Optional<Catalog> catalog = Optional.empty();

    /** @param seeded tables that hold rows */
    FreshDatabase(Set<QualifiedName> seeded) {
        this.touched = new HashSet<>(seeded);
    }

    /** What to plan against; empty when it has to be read. */
    Optional<Catalog> catalog() {
        return catalog;
    }

    boolean hasPlanned(String version) {
        return planned.contains(version);
    }

    /** Tables of the catalog about which nothing can be said any more. */
    Set<QualifiedName> touched() {
        return Set.copyOf(touched);
    }

    /** The script will now run, as it is written. */
    void planned(String version, Catalog before, Script script) {
        planned.add(version);
        catalog = Optional.of(before);
        for (Statement statement : script.statements()) {
            touch(statement, before);
            if (CHANGES_SCHEMAS.contains(statement.type()) && aboutSchemas(statement)) {
                catalog = Optional.empty();
            }
        }
    }

    private void touch(Statement statement, Catalog before) {
        if (LEAVES_TABLES.contains(statement.type())) {
            return;
        }
        if (CONFINED.contains(statement.type())) {
            for (Mentions.Name name : Mentions.of(statement)) {
                name.resolve(before, q -> before.table(q).isPresent()).ifPresent(touched::add);
            }
        } else {
            touched.addAll(before.tables().keySet());
        }
    }

    private static boolean aboutSchemas(Statement statement) {
        return statement.node().is("CreateSchemaStmt")
                || statement.node().is("DoStmt")
                || statement.node().text("removeType").equals("OBJECT_SCHEMA")
                || statement.node().text("renameType").equals("OBJECT_SCHEMA");
    }
}
