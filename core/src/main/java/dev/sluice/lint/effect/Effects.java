package dev.sluice.lint.effect;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Says what a statement does, before it is applied to the schema. The facts are observations on PostgreSQL 14 to 18 of the
 * locks, file changes and scans of single statements; a test holds each against them.
 */
public final class Effects {

    private final KnownSchema schema;
    private final int version;

    /** @param version PostgreSQL's major version */
    public Effects(KnownSchema schema, int version) {
        this.schema = schema;
        this.version = version;
    }

    /** What the statement will do to the schema as it is now. */
    public Effect of(Statement statement) {
        Impact impact = new Impact();
        take(statement.node(), impact);
        return impact.effect();
    }

    /** What an ALTER TABLE would do if it had this one of its parts alone. */
    public Effect ofPart(Node alterTable, Node command) {
        JsonObject fields = alterTable.fields().deepCopy();
        JsonObject wrapped = new JsonObject();
        wrapped.add(command.type(), command.fields());
        JsonArray commands = new JsonArray();
        commands.add(wrapped);
        fields.add("cmds", commands);
        Impact impact = new Impact();
        take(new Node(alterTable.type(), fields), impact);
        return impact.effect();
    }

    /** Whether ATTACH PARTITION needs not read the rows, as the constraints say that they lie within the bound. */
    public static boolean liesWithin(KnownTable partition, KnownTable parent, Node bound) {
        return new BoundProof(parent, partition).implies(bound);
    }

    private void take(Node node, Impact impact) {
        switch (node.type()) {
            case "AlterTableStmt" -> alter(node, impact);
            case "CreateStmt" -> new TableCreation(schema, impact).take(node);
            case "CreateTableAsStmt" -> createAs(node, impact);
            case "ViewStmt" -> {
                impact.lock(schema.made(node.get("view")), LockMode.ACCESS_EXCLUSIVE);
                reads(node.get("query"), impact, false);
            }
            case "RefreshMatViewStmt" -> refresh(node, impact);
            case "IndexStmt", "ReindexStmt", "ClusterStmt", "VacuumStmt" -> new IndexWork(schema, impact).take(node);
            case "DropStmt" -> new Removal(schema, impact).drop(node);
            case "TruncateStmt" -> new Removal(schema, impact).truncate(node);
            case "RenameStmt" -> rename(node, impact);
            case "AlterObjectSchemaStmt" -> relation(node.get("relation"), LockMode.ACCESS_EXCLUSIVE, impact);
            case "CreateTrigStmt" -> relation(node.get("relation"), LockMode.SHARE_ROW_EXCLUSIVE, impact);
            case "CreatePolicyStmt", "AlterPolicyStmt" ->
                relation(node.get("table"), LockMode.ACCESS_EXCLUSIVE, impact);
            case "RuleStmt" -> relation(node.get("relation"), LockMode.ACCESS_EXCLUSIVE, impact);
            case "CreateStatsStmt" ->
                node.list("relations").forEach(r -> relation(r, LockMode.SHARE_UPDATE_EXCLUSIVE, impact));
            case "CommentStmt" -> comment(node, impact);
            case "GrantStmt" -> grant(node, impact);
            case "CreatePublicationStmt", "AlterPublicationStmt" -> publication(node, impact);
            case "CreateSeqStmt" -> impact.lock(schema.made(node.get("sequence")), LockMode.ACCESS_EXCLUSIVE);
            case "AlterSeqStmt" -> sequence(node, impact);
            case "AlterOwnerStmt" -> {}
            case "CreatedbStmt", "DropdbStmt", "AlterSystemStmt", "CreateTableSpaceStmt", "DropTableSpaceStmt" ->
                impact.outsideTransactions();
            case "LockStmt" ->
                node.list("relations").forEach(r -> relation(r, LockMode.values()[node.number("mode") - 1], impact));
            case "AlterDomainStmt" -> domain(node, impact);
            case "UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt" -> dml(node, impact);
            case "SelectStmt" -> select(node, impact);
            default -> {}
        }
    }

    private void alter(Node node, Impact impact) {
        Node relation = node.get("relation");
        switch (node.text("objtype")) {
            case "OBJECT_INDEX" -> indexPartition(node, impact);
            case "OBJECT_SEQUENCE" ->
                schema.sequence(relation).ifPresent(s -> impact.lock(s, LockMode.ACCESS_EXCLUSIVE));
            case "OBJECT_TYPE" -> {
                impact.lock(schema.name(relation), LockMode.ACCESS_EXCLUSIVE);
                typed(schema.name(relation)).forEach(t -> impact.lock(t.name(), LockMode.ACCESS_EXCLUSIVE));
            }
            default -> new TableAlteration(schema, version, impact).take(node);
        }
    }

    private List<KnownTable> typed(QualifiedName type) {
        return schema.tables().stream()
                .filter(t -> t.ofType().filter(type::equals).isPresent())
                .toList();
    }

    private void indexPartition(Node node, Impact impact) {
        for (Node command : node.list("cmds")) {
            if (command.text("subtype").equals("AT_AttachPartition")) {
                schema.index(node.get("relation")).ifPresent(i -> impact.lock(i.table(), LockMode.ACCESS_SHARE));
                schema.index(command.get("def").get("name"))
                        .ifPresent(i -> impact.lock(i.table(), LockMode.ACCESS_SHARE));
            }
        }
    }

    private void createAs(Node node, Impact impact) {
        impact.lock(schema.made(node.get("into").get("rel")), LockMode.ACCESS_EXCLUSIVE);
        reads(node.get("query"), impact, !node.get("into").flag("skipData"));
    }

    /** What a query reads; from end to end, as far as one can tell without its plan. */
    private void reads(Node query, Impact impact, boolean runs) {
        Expressions.relations(query)
                .forEach(relation -> schema.table(relation)
                        .ifPresentOrElse(
                                table -> read(table, impact, runs),
                                () -> impact.lock(schema.name(relation), LockMode.ACCESS_SHARE)));
    }

    private void read(KnownTable table, Impact impact, boolean runs) {
        read(table, impact, runs, new HashSet<>());
    }

    /** @param seen tables on the way: renamed ones can make a view read itself, as far as scripts show */
    private void read(KnownTable table, Impact impact, boolean runs, Set<QualifiedName> seen) {
        if (!seen.add(table.name())) {
            return;
        }
        impact.lock(table.name(), LockMode.ACCESS_SHARE);
        if (runs) {
            impact.scan(table);
        }
        if (table.kind() == KnownTable.Kind.VIEW) {
            table.reads().forEach(name -> schema.table(name).ifPresent(t -> read(t, impact, runs, seen)));
        }
    }

    private void refresh(Node node, Impact impact) {
        QualifiedName view = schema.name(node.get("relation"));
        impact.lock(view, node.flag("concurrent") ? LockMode.EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
        schema.table(view).ifPresent(mv -> {
            if (node.flag("concurrent")) {
                impact.scan(mv);
            } else {
                impact.newFiles(view);
            }
            mv.reads().forEach(name -> schema.table(name).ifPresent(t -> read(t, impact, !node.flag("skipData"))));
        });
    }

    private void rename(Node node, Impact impact) {
        switch (node.text("renameType")) {
            case "OBJECT_TABLE",
                    "OBJECT_VIEW",
                    "OBJECT_MATVIEW",
                    "OBJECT_FOREIGN_TABLE",
                    "OBJECT_TABCONSTRAINT",
                    "OBJECT_TRIGGER",
                    "OBJECT_POLICY",
                    "OBJECT_RULE" -> {
                if (schema.index(node.get("relation")).isEmpty()) {
                    relation(node.get("relation"), LockMode.ACCESS_EXCLUSIVE, impact);
                }
            }
            case "OBJECT_COLUMN" ->
                schema.table(node.get("relation"))
                        .ifPresentOrElse(
                                t -> schema.family(t).forEach(m -> impact.lock(m.name(), LockMode.ACCESS_EXCLUSIVE)),
                                () -> relation(node.get("relation"), LockMode.ACCESS_EXCLUSIVE, impact));
            default -> {}
        }
    }

    private void comment(Node node, Impact impact) {
        List<String> name = node.get("object").strings("items");
        switch (node.text("objtype")) {
            case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW" ->
                named(name, LockMode.SHARE_UPDATE_EXCLUSIVE, impact);
            case "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" -> {
                if (name.size() > 1) {
                    named(name.subList(0, name.size() - 1), LockMode.SHARE_UPDATE_EXCLUSIVE, impact);
                }
            }
            default -> {}
        }
    }

    private void named(List<String> name, LockMode mode, Impact impact) {
        Node relation = relation(name);
        relation(relation, mode, impact);
    }

    static Node relation(List<String> name) {
        JsonObject fields = new JsonObject();
        fields.addProperty("relname", name.get(name.size() - 1));
        if (name.size() > 1) {
            fields.addProperty("schemaname", name.get(name.size() - 2));
        }
        return new Node("RangeVar", fields);
    }

    /** From 18 on, GRANT on a table takes the weakest lock. */
    private void grant(Node node, Impact impact) {
        if (version >= 18
                && node.text("objtype").equals("OBJECT_TABLE")
                && node.text("targtype").equals("ACL_TARGET_OBJECT")) {
            node.list("objects").forEach(r -> relation(r, LockMode.ACCESS_SHARE, impact));
        }
    }

    private void publication(Node node, Impact impact) {
        for (Node object : node.list("pubobjects")) {
            if (object.text("pubobjtype").equals("PUBLICATIONOBJ_TABLE")) {
                relation(object.get("pubtable").get("relation"), LockMode.SHARE_UPDATE_EXCLUSIVE, impact);
            }
        }
    }

    private void sequence(Node node, Impact impact) {
        QualifiedName sequence =
                schema.sequence(node.get("sequence")).orElseGet(() -> schema.made(node.get("sequence")));
        impact.lock(sequence, LockMode.SHARE_ROW_EXCLUSIVE);
        for (Node option : node.list("options")) {
            if (option.text("defname").equals("owned_by")) {
                List<String> owner = option.get("arg").strings("items");
                if (owner.size() > 1) {
                    named(owner.subList(0, owner.size() - 1), LockMode.ACCESS_SHARE, impact);
                }
            } else {
                impact.newFiles(sequence);
            }
        }
    }

    /** A constraint of a domain is checked in every table that uses it. */
    private void domain(Node node, Impact impact) {
        boolean checks = Set.of("O", "V").contains(node.text("subtype"))
                || node.text("subtype").equals("C") && !node.get("def").flag("skip_validation");
        List<String> name = node.strings("typeName");
        if (checks && !name.isEmpty()) {
            String in = name.size() > 1 ? name.get(0) : "";
            schema.typeName(new ColumnType(in, name.get(name.size() - 1), List.of(), 0))
                    .ifPresentOrElse(
                            type -> schema.tablesWith(type).forEach(t -> {
                                impact.lock(t.name(), LockMode.SHARE);
                                impact.scan(t);
                            }),
                            () -> impact.doubt("which tables have columns of this domain"));
        }
    }

    private void dml(Node node, Impact impact) {
        Node relation = node.get("relation");
        if (schema.hasNewLabels()) {
            newLabels(node, impact);
        }
        boolean whole = !node.has("whereClause") && !node.is("InsertStmt");
        schema.table(relation)
                .ifPresentOrElse(
                        t -> schema.family(t).forEach(m -> {
                            impact.lock(m.name(), LockMode.ROW_EXCLUSIVE);
                            if (whole) {
                                impact.scan(m);
                            }
                        }),
                        () -> relation(relation, LockMode.ROW_EXCLUSIVE, impact));
        Expressions.relations(node)
                .filter(r -> !r.fields().equals(relation.fields()))
                .forEach(r -> schema.table(r).ifPresent(t -> read(t, impact, false)));
        node.find("selectStmt").ifPresent(query -> reads(query, impact, true));
    }

    private void newLabels(Node node, Impact impact) {
        for (Node constant : node.all("A_Const")) {
            schema.typeOfNewLabel(constant.get("sval").text("sval"))
                    .filter(type -> version < 17 || !schema.isNew(type))
                    .filter(type -> schema.tablesWith(type).stream()
                            .anyMatch(t -> t.name().equals(schema.name(node.get("relation")))))
                    .ifPresent(type -> impact.fails("a label that was added to " + type
                            + " in the same transaction cannot be used before COMMIT"));
        }
    }

    private void select(Node node, Impact impact) {
        node.find("intoClause").ifPresent(into -> impact.lock(schema.made(into.get("rel")), LockMode.ACCESS_EXCLUSIVE));
        boolean locks = !node.list("lockingClause").isEmpty();
        Expressions.relations(node)
                .forEach(r -> schema.table(r).ifPresent(t -> {
                    impact.lock(t.name(), locks ? LockMode.ROW_SHARE : LockMode.ACCESS_SHARE);
                }));
        for (Node call : node.all("FuncCall")) {
            List<String> name = call.strings("funcname");
            if (Set.of("setval", "nextval").contains(name.get(name.size() - 1).toLowerCase(Locale.ROOT))) {
                sequenceOf(schema, call).forEach(s -> impact.lock(s, LockMode.ROW_EXCLUSIVE));
            }
        }
    }

    /** The sequences that an expression takes values from. */
    static List<QualifiedName> sequencesOf(KnownSchema schema, Node expression) {
        return expression.all("FuncCall").stream()
                .filter(call -> call.strings("funcname").contains("nextval"))
                .flatMap(call -> sequenceOf(schema, call).stream())
                .toList();
    }

    /** The sequence that {@code nextval('name')} and its kin name. */
    static List<QualifiedName> sequenceOf(KnownSchema schema, Node call) {
        List<Node> arguments = call.list("args");
        Node first = arguments.isEmpty() ? call : arguments.get(0);
        Node text = first.is("TypeCast") ? first.get("arg") : first;
        if (!text.is("A_Const") || !text.has("sval")) {
            return List.of();
        }
        String name = text.get("sval").text("sval").replace("\"", "");
        return schema.sequence(relation(List.of(name.split("\\.")))).stream().toList();
    }

    private void relation(Node relation, LockMode mode, Impact impact) {
        impact.lock(schema.index(relation).map(KnownIndex::table).orElseGet(() -> schema.name(relation)), mode);
    }
}
