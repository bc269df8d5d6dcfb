package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Node;
import dev.sluice.sql.Position;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statements that run as they are written, because nobody uses what they touch yet. Statements in a row share one
 * transaction; it ends only where PostgreSQL demands it.
 */
final class PlainStatements {

    /** Statements whose effect is confined to existing relations they name; what they do to new ones goes with these. */
    private static final Set<String> CONFINED = Set.of(
            "AlterTableStmt",
            "IndexStmt",
            "RenameStmt",
            "DropStmt",
            "InsertStmt",
            "UpdateStmt",
            "DeleteStmt",
            "TruncateStmt",
            "CreateTrigStmt",
            "RuleStmt",
            "CreatePolicyStmt",
            "AlterPolicyStmt",
            "CommentStmt",
            "GrantStmt",
            "CreateStatsStmt",
            "AlterSeqStmt",
            "AlterObjectSchemaStmt",
            "AlterOwnerStmt",
            "RefreshMatViewStmt",
            "ClusterStmt",
            "VariableSetStmt");

    /** What other tables these read decides when they run. */
    private static final Set<String> CHANGE_ROWS = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt");

    /** Statements that make a relation: confined as well, but planned apart beside tables in use, for their undo. */
    private static final Set<String> CREATING = Set.of("CreateStmt", "ViewStmt", "CreateTableAsStmt", "CreateSeqStmt");

    /** Statements PostgreSQL refuses inside a transaction block. */
    private static final Set<String> NOT_IN_TRANSACTION =
            Set.of("VacuumStmt", "CreatedbStmt", "DropdbStmt", "CreateTableSpaceStmt", "DropTableSpaceStmt");

    private final Draft draft;
    private final List<String> pending = new ArrayList<>();
    private final PlainUndo undo;
    /** What SET said so far: each transaction begins with it, and is none without another statement. */
    private final List<String> settings = new ArrayList<>();

    private final Set<QualifiedName> existing = new TreeSet<>();
    /** Tables that foreign keys point to which may go: dropping one locks its both ends. */
    private final Set<QualifiedName> referenced = new TreeSet<>();

    private final Set<QualifiedName> newTypes = new HashSet<>();
    private Optional<Source> pendingFrom = Optional.empty();
    /** When the pending statements run: with what makes the relation that they are about. */
    private Slot slot = Slot.CREATE;

    PlainStatements(Draft draft) {
        this.draft = requireNonNull(draft);
        this.undo = new PlainUndo(draft);
    }

    /** The whole script as written. */
    void whole(PlanRequest request) {
        for (Statement statement : request.up().statements()) {
            add(statement);
        }
        flush();
    }

    /** Takes the statement if it is about something the migration itself creates; otherwise ends the transaction. */
    boolean take(Statement statement) {
        if (statement.node().is("TransactionStmt") || isAboutSomethingNew(statement)) {
            Slot ready = slot(statement);
            if (ready != slot) {
                flush();
                slot = ready;
            }
            add(statement);
            if (!pending.isEmpty()) {
                undo.remember(statement);
            }
            return true;
        }
        flush();
        return false;
    }

    /** Ends the transaction, if one is open. */
    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        Source source = pendingFrom.orElseThrow();
        StepSpec spec = draft.step(source, "plain", title());
        List<Step.Guard> guards = new ArrayList<>();
        for (QualifiedName table : existing) {
            if (draft.protection().protects(table)) {
                spec.lock(table, LockMode.SHARE_ROW_EXCLUSIVE);
                continue;
            }
            spec.lock(table, LockMode.ACCESS_EXCLUSIVE);
            guards.add(new Step.Guard(
                    "SELECT NOT EXISTS (SELECT FROM " + table.quoted() + ")",
                    "table " + table.quoted() + " was empty when the plan was made and is not any more"));
        }
        referenced.forEach(table -> spec.lock(table, LockMode.ACCESS_EXCLUSIVE));
        undo.end(source).ifPresent(spec::undo);
        spec.because("nothing to protect: what these statements touch is new or empty and was never written to");
        draft.add(slot, spec.guarded(Step.Purpose.PLAIN, guards, pending));
        slot = Slot.CREATE;
        pending.clear();
        existing.clear();
        referenced.clear();
        pendingFrom = Optional.empty();
    }

    private String title() {
        return pending.size() == 1
                ? "run the statement as written"
                : "run " + pending.size() + " statements as written";
    }

    /**
     * Whether no statement of the script touches anything that is in use: then all of it runs as written. Makes notes of
     * what the statements create, so it needs a draft of its own.
     */
    boolean everythingIsConfined(PlanRequest request) {
        for (Statement statement : request.up().statements()) {
            List<Mentions.Name> names = Mentions.of(statement);
            boolean harmless =
                    statement.node().is("TransactionStmt") || statement.node().is("VariableSetStmt");
            boolean confined = (CONFINED.contains(statement.type()) || CREATING.contains(statement.type()))
                    && !names.isEmpty()
                    && (CREATING.contains(statement.type())
                            || !statement.node().has("relation")
                            || draft.exists(statement.node().get("relation")))
                    && names.stream().noneMatch(this::isProtected);
            if (!harmless && !confined) {
                return false;
            }
            rememberTables(statement);
        }
        return true;
    }

    /**
     * Beside changes to tables in use only what this migration itself creates runs as written: taking back its creation
     * takes back these statements, too.
     */
    private boolean isAboutSomethingNew(Statement statement) {
        Node node = statement.node();
        if (node.is("VariableSetStmt")) {
            return true;
        }
        boolean renamesRelation = node.is("RenameStmt")
                && Set.of("OBJECT_TABLE", "OBJECT_INDEX", "OBJECT_SEQUENCE", "OBJECT_VIEW", "OBJECT_MATVIEW")
                        .contains(node.text("renameType"));
        boolean aboutIndex = isDropIndex(node)
                || isCommentOnIndex(node)
                || node.text("objtype").equals("OBJECT_INDEX")
                        && node.list("cmds").stream()
                                .anyMatch(command -> command.text("subtype").equals("AT_AttachPartition"));
        if (!CONFINED.contains(statement.type()) || renamesRelation || aboutIndex) {
            return false;
        }
        if (NewTableKeys.areAll(draft, statement) || !DataInWith.tables(node).isEmpty()) {
            return false;
        }
        if (node.has("relation") && !CHANGE_ROWS.contains(statement.type())) {
            return draft.isNew(node.get("relation"));
        }
        List<Mentions.Name> names = Mentions.of(statement);
        return !names.isEmpty()
                && names.stream()
                        .allMatch(name ->
                                name.resolve(draft.catalog(), draft::isNew).isPresent());
    }

    /**
     * A new table waits when it refers to what waits, and its rows when they are made of such: so does what the script then does
     * to it.
     */
    private Slot slot(Statement statement) {
        Node node = statement.node();
        if (node.is("TransactionStmt") || node.is("VariableSetStmt")) {
            return slot;
        }
        List<QualifiedName> relations = draft.newRelations(statement);
        Slot ready = Slot.CREATE;
        for (QualifiedName relation : relations) {
            ready = Slot.later(ready, draft.waitsFor(relation.name()).orElse(Slot.CREATE));
            ready = Slot.later(ready, draft.lastRowsUse(relation));
        }
        if (node.is("AlterTableStmt")
                && node.all("Constraint").stream().anyMatch(key -> NewTableKeys.comes(draft, key))) {
            ready = Slot.later(ready, Slot.AFTER_SWAP);
        }
        for (QualifiedName relation : relations) {
            draft.mark(new Mark.RowsChange(ready, relation));
        }
        return ready;
    }

    private boolean isProtected(Mentions.Name name) {
        Catalog catalog = draft.catalog();
        if (name.resolve(catalog, draft::isNew).isPresent()) {
            return false;
        }
        return name.resolve(
                        catalog,
                        q -> draft.protection().protects(q)
                                || draft.protection().createdElsewhere(q))
                .isPresent();
    }

    private void add(Statement statement) {
        Node node = statement.node();
        Source source = source(statement);
        if (node.is("TransactionStmt")) {
            draft.note(
                    Note.Level.INFO,
                    source,
                    "transaction control (" + statement.sql()
                            + ") is left out: Sluice runs the script in transactions of" + " its own");
            return;
        }
        rememberTables(statement);
        if (NOT_IN_TRANSACTION.contains(statement.type())
                || isConcurrent(node) && !node.is("IndexStmt") && !isDropIndex(node)) {
            flush();
            draft.add(
                    Slot.CREATE,
                    draft.step(source, "plain", "run outside a transaction: " + firstWords(statement))
                            .because("PostgreSQL does not run this statement inside a transaction")
                            .opaque(List.of(statement.sql()), false, Optional.empty()));
            return;
        }
        if (node.is("VariableSetStmt")) {
            settings.add(text(statement));
            if (!pending.isEmpty()) {
                pending.add(text(statement));
            }
            return;
        }
        if (pending.isEmpty()) {
            pendingFrom = Optional.of(source);
            pending.addAll(settings);
        }
        pending.add(text(statement));
        if (addsEnumValue(node)) {
            flush();
        }
    }

    /** CONCURRENTLY buys nothing on a table nobody uses and would need a transaction of its own; SET becomes SET LOCAL. */
    private static String text(Statement statement) {
        Node node = statement.node();
        if (isConcurrent(node)) {
            return without(statement.sql(), "concurrently");
        }
        if (node.is("VariableSetStmt")
                && !node.flag("is_local")
                && node.text("kind").equals("VAR_SET_VALUE")) {
            return statement.sql().replaceFirst("(?i)^set\\s+(session\\s+)?", "SET LOCAL ");
        }
        return statement.sql();
    }

    private static String without(String sql, String keyword) {
        for (Tokens.Token token : Tokens.of(sql)) {
            if (token.isWord(keyword)) {
                return sql.substring(0, token.start())
                        + sql.substring(token.end()).stripLeading();
            }
        }
        return sql;
    }

    private static boolean isConcurrent(Node node) {
        return node.flag("concurrent")
                || node.list("params").stream().anyMatch(p -> p.text("defname").equals("concurrently"));
    }

    private static boolean isDropIndex(Node node) {
        return node.is("DropStmt") && node.text("removeType").equals("OBJECT_INDEX");
    }

    /** An index that the script makes on a table in use is built in a step of its own, later. */
    private static boolean isCommentOnIndex(Node node) {
        return node.is("CommentStmt") && node.text("objtype").equals("OBJECT_INDEX");
    }

    /** A new label may be used only after its transaction, unless the type is as new as the label. */
    private boolean addsEnumValue(Node node) {
        return node.is("AlterEnumStmt")
                && node.text("oldVal").isEmpty()
                && !newTypes.contains(typeName(node.strings("typeName")));
    }

    private void rememberTables(Statement statement) {
        Node node = statement.node();
        if (node.is("CreateEnumStmt")) {
            newTypes.add(typeName(node.strings("typeName")));
        }
        createdBy(node).filter(made -> !isThere(made)).ifPresent(draft::created);
        for (Mentions.Name name : Mentions.of(statement)) {
            name.resolve(draft.catalog(), this::isThere)
                    .filter(q -> draft.catalog().table(q).isPresent() && !draft.isNew(q))
                    .filter(q -> !draft.request().createdInThisRun().contains(q))
                    .ifPresent(existing::add);
        }
        if (node.is("AlterTableStmt") || node.is("DropStmt")) {
            existing.stream()
                    .flatMap(table -> draft.catalog().table(table).stream())
                    .flatMap(table -> table.foreignKeys().stream())
                    .filter(key -> node.is("DropStmt") || alters(node, key))
                    .map(key -> key.foreignKey().orElseThrow().table())
                    .filter(table -> !draft.request().createdInThisRun().contains(table))
                    .forEach(referenced::add);
        }
        createdBy(node).ifPresent(draft::created);
    }

    /** What the script has made stands before a table of the same name further back in the search path. */
    private boolean isThere(QualifiedName name) {
        return draft.isNew(name)
                || draft.catalog().table(name).isPresent()
                || draft.catalog().view(name).isPresent()
                || draft.catalog().sequence(name).isPresent();
    }

    private static boolean alters(Node statement, Constraint key) {
        return statement.list("cmds").stream()
                .map(command -> command.text("name"))
                .anyMatch(name -> name.equals(key.name()) || key.columns().contains(name));
    }

    /** The relation a statement makes, under the name it has afterwards. */
    private Optional<QualifiedName> createdBy(Node node) {
        return switch (node.type()) {
            case "CreateStmt" -> Optional.of(draft.nameToCreate(node.get("relation")));
            case "ViewStmt" -> Optional.of(draft.nameToCreate(node.get("view")));
            case "CreateSeqStmt" -> Optional.of(draft.nameToCreate(node.get("sequence")));
            case "CreateTableAsStmt" ->
                Optional.of(draft.nameToCreate(node.get("into").get("rel")));
            case "RenameStmt" ->
                node.text("renameType").equals("OBJECT_TABLE")
                        ? Optional.of(draft.nameToCreate(node.get("relation")).withName(node.text("newname")))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static QualifiedName typeName(List<String> parts) {
        return QualifiedName.of(parts.size() > 1 ? parts.get(parts.size() - 2) : "", parts.get(parts.size() - 1));
    }

    private static Source source(Statement statement) {
        Position position = statement.position();
        return new Source(position.file(), position.line(), position.column());
    }

    private static String firstWords(Statement statement) {
        String line = statement.sql().lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
