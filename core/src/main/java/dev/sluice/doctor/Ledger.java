package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.doctor.Thing.Kind;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which things a series of statements has made and which it has dropped. What a statement does that this does not
 * understand (DO blocks, CASCADE) makes everything that it names uncertain, so that it is in neither list: a wrong alarm
 * at night does more harm than a missing one. Not thread-safe.
 */
final class Ledger {

    private static final Pattern NAME = Pattern.compile("\"(?:[^\"]|\"\")+\"|[\\p{L}_~][\\p{L}\\p{N}_$]*");

    /** In a text that is not understood: what may take a table away, with all its parts. */
    private static final Pattern DROPS_TABLES = Pattern.compile(
            "(?i)\\bEXECUTE\\b(?!\\s+(FUNCTION|PROCEDURE))|\\bDROP\\s+(TABLE|SCHEMA|OWNED)|\\bSET\\s+SCHEMA\\b|\\bRENAME\\s+TO\\b");

    /** Change neither what is there nor what it is called. */
    private static final Set<String> HARMLESS = Set.of(
            "SelectStmt",
            "InsertStmt",
            "UpdateStmt",
            "DeleteStmt",
            "CommentStmt",
            "GrantStmt",
            "VariableSetStmt",
            "CreateSchemaStmt",
            "LockStmt",
            "CreateExtensionStmt",
            "CreateStatsStmt",
            "CreateEnumStmt",
            "AlterEnumStmt",
            "CreateDomainStmt",
            "CompositeTypeStmt",
            "CreatePolicyStmt",
            "AlterSeqStmt",
            "AlterOwnerStmt",
            "AlterDefaultPrivilegesStmt",
            "GrantRoleStmt",
            "TransactionStmt",
            "AlterPolicyStmt",
            "AlterFunctionStmt",
            "VacuumStmt",
            "TruncateStmt",
            "ReindexStmt",
            "ClusterStmt",
            "RefreshMatViewStmt",
            "DefineStmt",
            "CreateRangeStmt");

    /** Of a thing that stands: who made it, by which statement, and whether it may have been there before. */
    record Entry(String version, String sql, boolean unlessThere) {}

    private final PgParser parser;
    private final String schema;
    private final Map<Thing, Entry> made = new HashMap<>();
    private final Map<Thing, String> gone = new HashMap<>();

    /** @param schema where names without a schema are */
    Ledger(PgParser parser, String schema) {
        this.parser = parser;
        this.schema = schema;
    }

    Map<Thing, Entry> made() {
        return made;
    }

    /** What was dropped or renamed away and not made again, and by which migration. */
    Map<Thing, String> gone() {
        return gone;
    }

    void run(String version, String sql) {
        run(version, sql, schema);
    }

    void run(String version, String sql, String creationSchema) {
        List<Statement> statements;
        try {
            statements = Script.parse(parser, new SourceText("plan", sql)).statements();
        } catch (SluiceException e) {
            if (e.exitCode() != ExitCode.VALIDATION) {
                throw e;
            }
            uncertain(sql);
            return;
        }
        statements.forEach(statement -> new Reading(version, statement, creationSchema).read());
    }

    /** Whatever this text names may be there or not. */
    void uncertain(String text) {
        Set<String> names = new HashSet<>();
        var matcher = NAME.matcher(text);
        while (matcher.find()) {
            String name = matcher.group();
            names.add(
                    name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name);
        }
        boolean mayDropTables = DROPS_TABLES.matcher(text).find();
        made.keySet()
                .removeIf(thing -> names.contains(thing.name())
                        || mayDropTables && names.contains(thing.relation().name()));
        gone.keySet().removeIf(thing -> names.contains(thing.name()));
    }

    private void make(Thing thing, Entry entry) {
        gone.remove(thing);
        made.put(thing, entry);
    }

    private void drop(Thing thing, String version) {
        made.remove(thing);
        gone.put(thing, version);
    }

    private void rename(QualifiedName from, QualifiedName to, String version) {
        for (Thing thing : List.copyOf(made.keySet())) {
            if (thing.relation().equals(from)) {
                Entry entry = made.remove(thing);
                if (entry != null) {
                    make(thing.in(to), entry);
                }
                if (thing.part().isEmpty()) {
                    gone.put(thing, version);
                }
            }
        }
    }

    /** One statement. */
    private final class Reading {
        private final String version;
        private final Statement statement;
        private final String creationSchema;

        Reading(String version, Statement statement, String creationSchema) {
            this.version = version;
            this.statement = statement;
            this.creationSchema = creationSchema;
        }

        void read() {
            Node node = statement.node();
            switch (node.type()) {
                case "CreateStmt" ->
                    makes(Thing.of(Kind.TABLE, name(node.get("relation"))), node.flag("if_not_exists"));
                case "CreateTableAsStmt" ->
                    makes(
                            Thing.of(
                                    node.text("objtype").equals("OBJECT_MATVIEW") ? Kind.VIEW : Kind.TABLE,
                                    name(node.get("into").get("rel"))),
                            node.flag("if_not_exists"));
                case "ViewStmt" -> makes(Thing.of(Kind.VIEW, name(node.get("view"))), node.flag("replace"));
                case "CreateSeqStmt" ->
                    makes(Thing.of(Kind.SEQUENCE, name(node.get("sequence"))), node.flag("if_not_exists"));
                case "IndexStmt" -> index(node);
                case "CreateFunctionStmt" ->
                    makes(Thing.of(Kind.FUNCTION, name(node.strings("funcname"))), node.flag("replace"));
                case "CreateTrigStmt" ->
                    makes(
                            Thing.part(Kind.TRIGGER, name(node.get("relation")), node.text("trigname")),
                            node.flag("replace"));
                case "AlterTableStmt" ->
                    node.list("cmds").forEach(command -> alter(name(node.get("relation")), command));
                case "RenameStmt" -> renames(node);
                case "AlterObjectSchemaStmt" -> moves(node);
                case "DropStmt" -> drops(node);
                default -> {
                    if (!HARMLESS.contains(node.type())) {
                        uncertain(statement.sql());
                    }
                }
            }
        }

        private void makes(Thing thing, boolean unlessThere) {
            make(thing, new Entry(version, statement.sql(), unlessThere));
        }

        private void index(Node node) {
            if (!node.text("idxname").isEmpty()) {
                QualifiedName table = name(node.get("relation"));
                makes(Thing.of(Kind.INDEX, table.withName(node.text("idxname"))), node.flag("if_not_exists"));
            }
        }

        private void alter(QualifiedName table, Node command) {
            String name = command.text("name");
            switch (command.text("subtype")) {
                case "AT_AddColumn" ->
                    makes(
                            Thing.part(Kind.COLUMN, table, command.get("def").text("colname")),
                            command.flag("missing_ok"));
                case "AT_DropColumn" -> drop(Thing.part(Kind.COLUMN, table, name), version);
                case "AT_AddConstraint" -> {
                    String constraint = command.get("def").text("conname");
                    if (!constraint.isEmpty()) {
                        makes(Thing.part(Kind.CONSTRAINT, table, constraint), false);
                        if (!command.get("def").text("indexname").isEmpty()) {
                            made.remove(Thing.of(
                                    Kind.INDEX,
                                    table.withName(command.get("def").text("indexname"))));
                        }
                    }
                }
                case "AT_DropConstraint" -> {
                    drop(Thing.part(Kind.CONSTRAINT, table, name), version);
                    made.remove(Thing.of(Kind.INDEX, table.withName(name)));
                }
                default -> {
                    // changes something that stays
                }
            }
        }

        private void renames(Node node) {
            String kind = node.text("renameType");
            String to = node.text("newname");
            String part = node.text("subname");
            switch (kind) {
                case "OBJECT_COLUMN" -> renamePart(Kind.COLUMN, name(node.get("relation")), part, to);
                case "OBJECT_TABCONSTRAINT" -> {
                    QualifiedName table = name(node.get("relation"));
                    renamePart(Kind.CONSTRAINT, table, part, to);
                    made.remove(Thing.of(Kind.INDEX, table.withName(part)));
                }
                case "OBJECT_TRIGGER" -> renamePart(Kind.TRIGGER, name(node.get("relation")), part, to);
                case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX", "OBJECT_SEQUENCE" -> {
                    QualifiedName from = name(node.get("relation"));
                    rename(from, from.withName(to), version);
                    if (kind.equals("OBJECT_TABLE")) {
                        makes(Thing.of(Kind.TABLE, from.withName(to)), false);
                    }
                }
                default -> uncertain(statement.sql());
            }
        }

        private void renamePart(Kind kind, QualifiedName table, String from, String to) {
            drop(Thing.part(kind, table, from), version);
            makes(Thing.part(kind, table, to), false);
        }

        private void moves(Node node) {
            if (node.text("objectType").equals("OBJECT_TABLE")) {
                QualifiedName from = name(node.get("relation"));
                QualifiedName to = QualifiedName.of(node.text("newschema"), from.name());
                rename(from, to, version);
                makes(Thing.of(Kind.TABLE, to), false);
            } else {
                uncertain(statement.sql());
            }
        }

        private void drops(Node node) {
            if (node.text("behavior").equals("DROP_CASCADE")) {
                // what falls with it is anybody's guess
                uncertain(statement.sql());
                made.keySet().removeIf(thing -> thing.kind() == Kind.VIEW || thing.kind() == Kind.CONSTRAINT);
            }
            for (Node object : node.list("objects")) {
                List<String> parts = object.is("ObjectWithArgs") ? object.strings("objname") : object.strings("items");
                switch (node.text("removeType")) {
                    case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SEQUENCE", "OBJECT_INDEX" ->
                        dropRelation(name(parts), node.text("removeType"));
                    case "OBJECT_TRIGGER" ->
                        drop(
                                Thing.part(
                                        Kind.TRIGGER,
                                        name(parts.subList(0, parts.size() - 1)),
                                        parts.get(parts.size() - 1)),
                                version);
                    case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE" ->
                        drop(Thing.of(Kind.FUNCTION, name(parts)), version);
                    case "OBJECT_SCHEMA" ->
                        made.keySet()
                                .removeIf(thing -> thing.relation().schema().equals(object.string()));
                    default -> {
                        // of a kind that is not looked at
                    }
                }
            }
        }

        private void dropRelation(QualifiedName name, String type) {
            List<Thing> fallen = new ArrayList<>();
            made.keySet().stream()
                    .filter(thing -> thing.relation().equals(name))
                    .forEach(fallen::add);
            fallen.forEach(made::remove);
            Kind kind = switch (type) {
                case "OBJECT_TABLE" -> Kind.TABLE;
                case "OBJECT_SEQUENCE" -> Kind.SEQUENCE;
                case "OBJECT_INDEX" -> Kind.INDEX;
                default -> Kind.VIEW;
            };
            gone.put(Thing.of(kind, name), version);
        }

        private QualifiedName name(Node relation) {
            String given = relation.text("schemaname");
            return QualifiedName.of(given.isEmpty() ? creationSchema : given, relation.text("relname"));
        }

        private QualifiedName name(List<String> parts) {
            int size = parts.size();
            if (size == 0) {
                return QualifiedName.of(creationSchema, "");
            }
            return QualifiedName.of(size == 1 ? creationSchema : parts.get(size - 2), parts.get(size - 1));
        }
    }
}
