package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.planner.CatalogLook.Kind;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says what a statement makes, and whether that is there: before the script, and as long as nothing in it takes it away. */
final class MadeThings {

    private static final Set<String> REMOVE_NOTHING = Set.of(
            "CreateStmt",
            "CreateEnumStmt",
            "CreateRangeStmt",
            "CreateDomainStmt",
            "CompositeTypeStmt",
            "CreateSeqStmt",
            "CreatePolicyStmt",
            "CreateTrigStmt",
            "CreateExtensionStmt",
            "CreateFunctionStmt",
            "CreateSchemaStmt",
            "IndexStmt",
            "ViewStmt",
            "CommentStmt",
            "GrantStmt",
            "InsertStmt",
            "UpdateStmt",
            "DeleteStmt",
            "VariableSetStmt");

    private static final Set<String> REMOVE_NO_PART =
            Set.of("AT_AddColumn", "AT_AddConstraint", "AT_ColumnDefault", "AT_SetNotNull", "AT_DropNotNull");

    private final Catalog catalog;
    private final Set<QualifiedName> tablesOfScript = new HashSet<>();
    private boolean mayHaveRemoved;

    MadeThings(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Says that the script has a statement here. */
    void remember(Statement statement) {
        Node node = statement.node();
        if (node.is("CreateStmt")) {
            tablesOfScript.add(name(relationParts(node.get("relation"))));
        }
        mayHaveRemoved |= !REMOVE_NOTHING.contains(node.type())
                && !(node.is("AlterTableStmt")
                        && node.list("cmds").stream().allMatch(c -> REMOVE_NO_PART.contains(c.text("subtype"))));
    }

    /** Empty when it is not known what the statement makes, or whether that is there still. */
    Optional<MadeThing> of(Statement statement) {
        return made(statement).filter(thing -> !(thing.exists() && mayHaveRemoved));
    }

    private Optional<MadeThing> made(Statement statement) {
        Node node = statement.node();
        return switch (statement.type()) {
            case "CreateEnumStmt", "CreateRangeStmt" -> Optional.of(type(node.strings("typeName")));
            case "CreateDomainStmt" -> Optional.of(type(node.strings("domainname")));
            case "CompositeTypeStmt" -> Optional.of(type(relationParts(node.get("typevar"))));
            case "CreateStmt" -> Optional.of(relation(Kind.TABLE, name(relationParts(node.get("relation")))));
            case "CreateSeqStmt" -> Optional.of(relation(Kind.SEQUENCE, name(relationParts(node.get("sequence")))));
            case "IndexStmt" ->
                table(node.get("relation"))
                        .filter(t -> !node.text("idxname").isEmpty())
                        .map(t -> relation(Kind.INDEX, t.name().withName(node.text("idxname"))));
            case "AlterTableStmt" -> node.list("cmds").size() == 1 ? altered(node) : Optional.empty();
            case "CreatePolicyStmt" -> {
                String policy = node.text("policy_name");
                yield part(
                        Kind.POLICY,
                        policy,
                        node.get("table"),
                        "duplicate_object",
                        t -> t.policies().stream().anyMatch(p -> p.name().equals(policy)));
            }
            case "CreateTrigStmt" -> {
                String trigger = node.text("trigname");
                yield part(
                        Kind.TRIGGER,
                        trigger,
                        node.get("relation"),
                        "duplicate_object",
                        t -> t.trigger(trigger).isPresent());
            }
            case "CreateExtensionStmt" -> Optional.of(extension(node.text("extname")));
            default -> Optional.empty();
        };
    }

    private MadeThing extension(String name) {
        boolean exists = catalog.extensions().stream().anyMatch(e -> e.name().equals(name));
        return new MadeThing(
                Kind.EXTENSION,
                "extension " + name,
                name,
                "",
                Optional.empty(),
                "duplicate_object",
                exists,
                false,
                false);
    }

    /** Tables, views, sequences and indexes share their names. */
    private MadeThing relation(Kind kind, QualifiedName name) {
        Set<QualifiedName> indexes = new HashSet<>();
        Stream.concat(
                        catalog.tables().values().stream().flatMap(t -> t.indexes().stream()),
                        catalog.views().values().stream().flatMap(v -> v.indexes().stream()))
                .map(Index::name)
                .forEach(indexes::add);
        List<Collection<QualifiedName>> all = List.of(
                catalog.tables().keySet(),
                catalog.sequences().keySet(),
                indexes,
                catalog.views().keySet());
        Collection<QualifiedName> same = all.get(kind == Kind.TABLE ? 0 : kind == Kind.SEQUENCE ? 1 : 2);
        boolean exists = all.stream().anyMatch(names -> names.contains(name));
        return new MadeThing(
                kind,
                kind.name().toLowerCase(Locale.ROOT) + " " + name,
                name.name(),
                name.schema(),
                Optional.empty(),
                "duplicate_table",
                exists,
                all.stream().anyMatch(names -> named(names, name)),
                exists && !same.contains(name));
    }

    /** Tables and views are types too. */
    private MadeThing type(List<String> parts) {
        QualifiedName name = name(parts);
        boolean row = catalog.tables().containsKey(name) || catalog.views().containsKey(name);
        return new MadeThing(
                Kind.TYPE,
                "type " + name,
                name.name(),
                name.schema(),
                Optional.empty(),
                "duplicate_object",
                catalog.type(name).isPresent() || row,
                named(catalog.types().keySet(), name)
                        || named(catalog.tables().keySet(), name)
                        || named(catalog.views().keySet(), name),
                row);
    }

    private Optional<MadeThing> altered(Node node) {
        Node command = node.list("cmds").get(0);
        return switch (command.text("subtype")) {
            case "AT_AddConstraint" -> constraint(node.get("relation"), command.get("def"));
            case "AT_AddColumn" -> {
                String column = command.get("def").text("colname");
                yield part(
                                Kind.COLUMN,
                                column,
                                node.get("relation"),
                                "duplicate_column",
                                t -> t.column(column).isPresent())
                        .filter(thing -> catalog.views().keySet().stream()
                                .noneMatch(view -> Optional.of(view.name()).equals(thing.table())));
            }
            default -> Optional.empty();
        };
    }

    /** The index of a key is looked for before its constraint, and is a relation. */
    private Optional<MadeThing> constraint(Node relation, Node made) {
        String name = made.text("conname");
        boolean key =
                Set.of("CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_EXCLUSION").contains(made.text("contype"));
        boolean ofDomain = catalog.types().values().stream()
                .flatMap(type -> type.constraints().stream())
                .map(Constraint::name)
                .anyMatch(name::equals);
        return name.isEmpty() || ofDomain
                ? Optional.empty()
                : part(
                        Kind.CONSTRAINT,
                        name,
                        relation,
                        key ? "duplicate_table" : "duplicate_object",
                        t -> t.constraint(name).isPresent());
    }

    /** Something of a table that is there, or that the script has made. */
    private Optional<MadeThing> part(Kind kind, String name, Node relation, String duplicate, Predicate<Table> has) {
        QualifiedName of = table(relation).map(Table::name).orElseGet(() -> name(relationParts(relation)));
        Optional<Table> table = catalog.table(of);
        if (name.isEmpty() || table.isEmpty() && !tablesOfScript.contains(of)) {
            return Optional.empty();
        }
        boolean others = catalog.tables().values().stream()
                .filter(t -> !t.name().equals(of))
                .filter(t -> kind != Kind.COLUMN || t.name().name().equals(of.name()))
                .anyMatch(has);
        return Optional.of(new MadeThing(
                kind,
                kind.name().toLowerCase(Locale.ROOT) + " " + name + " of " + of,
                name,
                of.schema(),
                Optional.of(of.name()),
                duplicate,
                table.filter(has).isPresent(),
                others,
                false));
    }

    private Optional<Table> table(Node relation) {
        return catalog.resolveTable(
                Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty()), relation.text("relname"));
    }

    private static boolean named(Collection<QualifiedName> names, QualifiedName name) {
        return names.stream().anyMatch(n -> n.name().equals(name.name()) && !n.equals(name));
    }

    private QualifiedName name(List<String> parts) {
        return parts.size() > 1
                ? QualifiedName.of(parts.get(parts.size() - 2), parts.get(parts.size() - 1))
                : QualifiedName.of(catalog.creationSchema(), parts.get(0));
    }

    private static List<String> relationParts(Node relation) {
        return Stream.of(relation.text("schemaname"), relation.text("relname"))
                .filter(s -> !s.isEmpty())
                .toList();
    }
}
