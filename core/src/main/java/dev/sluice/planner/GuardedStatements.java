package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Note;
import dev.sluice.plan.Source;
import dev.sluice.sql.Node;
import dev.sluice.sql.Position;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes DO blocks that make one thing unless it is there for the statement in them, or for nothing when it is there. A block
 * whose guard might mean something else stays a DO block, which is refused. Pure.
 */
final class GuardedStatements {

    private final Catalog catalog;
    private final PgParser parser;
    private final List<Note> notes = new ArrayList<>();
    private final Set<String> tablesOfScript = new HashSet<>();

    GuardedStatements(Catalog catalog, PgParser parser) {
        this.catalog = catalog;
        this.parser = parser;
    }

    /** The request with the statements in place of their blocks; {@link #notes()} says which. */
    PlanRequest open(PlanRequest request) {
        List<Statement> statements = new ArrayList<>();
        for (Statement statement : request.up().statements()) {
            Optional<GuardedStatement> guarded = GuardedStatement.of(statement, parser);
            Optional<Thing> thing = guarded.flatMap(g -> thing(g.inner()))
                    .filter(t -> guarded.get().guard() instanceof GuardedStatement.Guard.Ignored ignored
                            ? duplicatesOnly(ignored)
                                    && (!t.exists || ignored.conditions().contains(t.duplicate))
                            : looksFor(t, (GuardedStatement.Guard.Looked)
                                    guarded.get().guard()));
            if (thing.isEmpty()) {
                remember(statement);
                statements.add(statement);
                continue;
            }
            String is = "this DO block makes " + thing.get().words + " unless it is there; ";
            if (thing.get().exists) {
                note(statement, is + "it is there: nothing to do");
            } else {
                note(statement, is + "it is not: planned as the statement in it");
                remember(guarded.get().inner());
                statements.add(guarded.get().inner());
            }
        }
        return notes.isEmpty()
                ? request
                : new PlanRequest(
                        request.migration(),
                        new Script(request.up().source(), statements),
                        request.down(),
                        request.directives(),
                        request.catalog(),
                        request.createdInThisRun());
    }

    List<Note> notes() {
        return List.copyOf(notes);
    }

    private void remember(Statement statement) {
        if (statement.node().is("CreateStmt")) {
            tablesOfScript.add(statement.node().get("relation").text("relname"));
        }
    }

    private void note(Statement statement, String text) {
        Position at = statement.position();
        notes.add(new Note(Note.Level.INFO, text, Optional.empty(), new Source(at.file(), at.line(), at.column())));
    }

    /**
     * What a statement makes.
     *
     * @param words for people
     * @param names what a look for it has to name
     * @param duplicate the error when it is there (PostgreSQL documentation, "PostgreSQL Error Codes")
     * @param namesakes whether there is something else that a look by these names would find
     */
    private record Thing(String words, Set<String> names, String duplicate, boolean exists, boolean namesakes) {}

    /** What else a block ignores could hide that its statement has failed. */
    private static boolean duplicatesOnly(GuardedStatement.Guard.Ignored ignored) {
        return ignored.conditions().stream().allMatch(condition -> condition.startsWith("duplicate_"));
    }

    private static boolean looksFor(Thing thing, GuardedStatement.Guard.Looked look) {
        return look.literals().containsAll(thing.names) && !thing.namesakes;
    }

    private Optional<Thing> thing(Statement statement) {
        Node node = statement.node();
        return switch (statement.type()) {
            case "CreateEnumStmt", "CreateRangeStmt" -> Optional.of(type(node.strings("typeName")));
            case "CreateDomainStmt" -> Optional.of(type(node.strings("domainname")));
            case "CompositeTypeStmt" -> Optional.of(type(relationParts(node.get("typevar"))));
            case "CreateStmt" -> Optional.of(relation("table ", name(relationParts(node.get("relation")))));
            case "CreateSeqStmt" -> Optional.of(relation("sequence ", name(relationParts(node.get("sequence")))));
            case "IndexStmt" ->
                table(node.get("relation"))
                        .filter(t -> !node.text("idxname").isEmpty())
                        .map(t -> relation("index ", t.name().withName(node.text("idxname"))));
            case "AlterTableStmt" -> node.list("cmds").size() == 1 ? altered(node) : Optional.empty();
            case "CreatePolicyStmt" ->
                table(node.get("table")).map(t -> {
                    String name = node.text("policy_name");
                    return new Thing(
                            "policy " + name + " of " + t.name(),
                            Set.of(name),
                            "duplicate_object",
                            t.policies().stream().anyMatch(p -> p.name().equals(name)),
                            otherTables(Optional.of(t))
                                    .anyMatch(o -> o.policies().stream()
                                            .anyMatch(p -> p.name().equals(name))));
                });
            case "CreateTrigStmt" ->
                table(node.get("relation")).map(t -> {
                    String name = node.text("trigname");
                    return new Thing(
                            "trigger " + name + " of " + t.name(),
                            Set.of(name),
                            "duplicate_object",
                            t.trigger(name).isPresent(),
                            otherTables(Optional.of(t))
                                    .anyMatch(o -> o.trigger(name).isPresent()));
                });
            case "CreateExtensionStmt" -> {
                String name = node.text("extname");
                yield Optional.of(new Thing(
                        "extension " + name,
                        Set.of(name),
                        "duplicate_object",
                        catalog.extensions().stream().anyMatch(e -> e.name().equals(name)),
                        false));
            }
            default -> Optional.empty();
        };
    }

    private Thing relation(String word, QualifiedName name) {
        List<QualifiedName> relations = Stream.of(
                        catalog.tables().keySet().stream(),
                        catalog.views().keySet().stream(),
                        catalog.sequences().keySet().stream(),
                        catalog.tables().values().stream()
                                .flatMap(t -> t.indexes().stream())
                                .map(Index::name))
                .flatMap(names -> names)
                .toList();
        return new Thing(
                word + name, Set.of(name.name()), "duplicate_table", relations.contains(name), named(relations, name));
    }

    private Thing type(List<String> parts) {
        QualifiedName name = name(parts);
        return new Thing(
                "type " + name,
                Set.of(name.name()),
                "duplicate_object",
                catalog.type(name).isPresent(),
                named(catalog.types().keySet(), name)
                        || catalog.tables().containsKey(name)
                        || named(catalog.tables().keySet(), name)
                        || catalog.views().keySet().stream()
                                .anyMatch(v -> v.name().equals(name.name())));
    }

    private Optional<Thing> altered(Node node) {
        Node command = node.list("cmds").get(0);
        String table = node.get("relation").text("relname");
        Optional<Table> before = table(node.get("relation"));
        if (before.isEmpty() && !tablesOfScript.contains(table)) {
            return Optional.empty();
        }
        return switch (command.text("subtype")) {
            case "AT_AddConstraint" -> constraint(table, before, command.get("def"));
            case "AT_AddColumn" ->
                Optional.of(column(table, before, command.get("def").text("colname")));
            default -> Optional.empty();
        };
    }

    private Thing column(String table, Optional<Table> before, String name) {
        return new Thing(
                "column " + name + " of " + table,
                Set.of(table, name),
                "duplicate_column",
                before.filter(t -> t.column(name).isPresent()).isPresent(),
                otherTables(before)
                        .anyMatch(o ->
                                o.name().name().equals(table) && o.column(name).isPresent()));
    }

    /** The index of a key is looked for before its constraint, and is a relation. */
    private Optional<Thing> constraint(String table, Optional<Table> before, Node made) {
        String name = made.text("conname");
        boolean key =
                Set.of("CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_EXCLUSION").contains(made.text("contype"));
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Thing(
                        "constraint " + name + " of " + table,
                        Set.of(name),
                        key ? "duplicate_table" : "duplicate_object",
                        before.filter(t -> t.constraint(name).isPresent()).isPresent(),
                        otherTables(before).anyMatch(o -> o.constraint(name).isPresent())));
    }

    private Stream<Table> otherTables(Optional<Table> table) {
        return catalog.tables().values().stream()
                .filter(t -> table.isEmpty() || !t.name().equals(table.get().name()));
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
