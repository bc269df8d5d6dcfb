package dev.sluice.lint;

import dev.sluice.lint.effect.Effect;
import dev.sluice.lint.effect.Effects;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownColumn;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.lint.size.Sizes;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement in its place: the schema before it, what it does, what stands before and after it.
 *
 * @param effect what it does
 * @param schema as the statements before it leave it
 * @param version PostgreSQL's major version
 * @param older the tables that were there when the file began: traffic may use them
 * @param assumed those that no script made
 * @param before the statements of the same transaction before it, with what they do
 * @param earlier all statements of the file before it, with what they do, BEGIN and COMMIT among them
 * @param after the statements of the file after it
 * @param held what the statements of {@code before} have locked
 * @param places where in the file which types of statements stand
 * @param transactional whether it runs in a transaction with others
 * @param place how the script stands
 * @param observed what a server was seen to do with it
 * @param sizes of the tables of the database that it is meant for
 * @param parts those of an ALTER TABLE on a table that traffic may use
 * @param used relations that traffic may use and that the statement locks: not what it makes
 */
public record Scene(
        Statement statement,
        Effect effect,
        KnownSchema schema,
        int version,
        Set<KnownTable> older,
        Set<KnownTable> assumed,
        List<Done> before,
        List<Done> earlier,
        List<Statement> after,
        Held held,
        Places places,
        boolean transactional,
        Place place,
        Optional<Observed> observed,
        Sizes sizes,
        List<Part> parts,
        Set<QualifiedName> used) {

    /** Statements that use what no script made without it being taken as there. */
    private static final Set<String> UNKNOWN = Set.of(
            "DropStmt", "TruncateStmt", "LockStmt", "VacuumStmt", "ClusterStmt", "RenameStmt", "AlterObjectSchemaStmt");

    /**
     * A statement before, and what it did.
     *
     * @param used relations that traffic may use and that it locked
     */
    public record Done(Statement statement, Effect effect, Set<QualifiedName> used) {}

    /**
     * A part of an ALTER TABLE.
     *
     * @param effect what the statement would do if it were this part alone
     */
    public record Part(KnownTable table, Node command, Effect effect) {

        public Node definition() {
            return command.get("def");
        }

        public String name() {
            return command.text("name");
        }

        public boolean is(String subtype) {
            return command.text("subtype").equals(subtype);
        }

        /** The type that the column has before the statement, where the scripts show it. */
        public Optional<ColumnType> type() {
            return table.column(name())
                    .map(KnownColumn::type)
                    .filter(type -> !type.name().isEmpty());
        }

        /** The first constraint of a kind in the definition of a column that is added. */
        public Optional<Node> inline(String kind) {
            return definition().list("constraints").stream()
                    .filter(c -> c.text("contype").equals(kind))
                    .findFirst();
        }

        /** The name of a table's column, as {@code table.column}. */
        public String column() {
            String column = name().isEmpty() ? definition().text("colname") : name();
            return table.name().name() + "." + column;
        }
    }

    /** The same with what many rules ask for: worked out once, not by each. */
    Scene complete() {
        return with(found(), locked());
    }

    /** The parts of its statement, each with what it would do alone. */
    private List<Part> found() {
        if (!is("AlterTableStmt") || !node().text("objtype").equals("OBJECT_TABLE")) {
            return List.of();
        }
        List<Node> commands = node().list("cmds");
        Effects effects = new Effects(schema, version);
        return oldTable().stream()
                .flatMap(table -> commands.stream()
                        .map(command -> new Part(
                                table,
                                command,
                                commands.size() == 1 ? effect : limited(effects.ofPart(node(), command)))))
                .toList();
    }

    private Scene with(List<Part> newParts, Set<QualifiedName> newUsed) {
        return new Scene(
                statement,
                effect,
                schema,
                version,
                older,
                assumed,
                before,
                earlier,
                after,
                held,
                places,
                transactional,
                place,
                observed,
                sizes,
                newParts,
                newUsed);
    }

    private Effect limited(Effect part) {
        return observed.map(seen -> seen.limit(part, effect)).orElse(part);
    }

    public Node node() {
        return statement.node();
    }

    /** The statements of the file before this one that are of these types, in their order. */
    public Stream<Done> earlier(String... types) {
        return places.before(earlier.size(), Set.of(types)).mapToObj(earlier::get);
    }

    /** The same of the transaction only. */
    public Stream<Done> earlierInTransaction(String... types) {
        if (before.isEmpty()) {
            return Stream.empty();
        }
        int begin = before.get(0).statement().start();
        return earlier(types).filter(done -> done.statement().start() >= begin);
    }

    /** The statements of the file after this one that are of these types, in their order. */
    public Stream<Statement> after(String... types) {
        int first = earlier.size() + 1;
        return places.after(earlier.size(), Set.of(types)).mapToObj(i -> after.get(i - first));
    }

    /**
     * The same of those only that are about a relation, or drop something, of this name, in whatever schema. Of a long script that
     * is a small part.
     */
    public Stream<Statement> afterAbout(String name, String... types) {
        return after(Stream.of(types).map(type -> Places.about(type, name)).toArray(String[]::new));
    }

    /** The statements of the file before this one that are of a type, the last first. */
    public Stream<Done> backwards(String type) {
        return places.backwards(earlier.size(), type).mapToObj(earlier::get);
    }

    /** What may change settings before this one, the last first: SET, set_config, and ends of transactions. */
    public Stream<Node> settings() {
        return places.settingsBefore(earlier.size())
                .mapToObj(i -> earlier.get(i).statement().node());
    }

    /** Whether the tool runs the script in a transaction. */
    public boolean wrapped() {
        return place.wrapped();
    }

    /** Whether it can be one that refuses a transaction: alone in its script it is run without one, by Sluice as by most tools. */
    public boolean standsAlone() {
        return !transactional || earlier.isEmpty() && after.isEmpty();
    }

    public boolean is(String type) {
        return node().is(type);
    }

    /** Whether traffic may use a relation: it was there before the file, and is no temporary table. */
    public boolean isOld(QualifiedName relation) {
        return schema.table(relation)
                .map(t -> older.contains(t) && !t.isTemporary())
                .orElse(true);
    }

    public boolean isAssumed(QualifiedName relation) {
        return schema.table(relation).filter(assumed::contains).isPresent();
    }

    public boolean isOld(KnownTable table) {
        return isOld(table.name());
    }

    /** The table that the statement names, if traffic may use it. */
    public Optional<KnownTable> oldTable() {
        return schema.table(node().get("relation")).filter(this::isOld);
    }

    /** The parts of an ALTER TABLE on a table that traffic may use, of one kind such as {@code AT_AddColumn}. */
    public Stream<Part> parts(String subtype) {
        return parts.stream().filter(part -> part.is(subtype));
    }

    /** Columns that are added to a table that traffic may use, and are not there yet. */
    public Stream<Part> newColumns() {
        return parts("AT_AddColumn")
                .filter(part ->
                        part.table().column(part.definition().text("colname")).isEmpty());
    }

    /** Whether the transaction added this column: then nobody has used it yet. */
    public boolean addedBefore(KnownTable table, String column) {
        return before.stream()
                .map(done -> done.statement().node())
                .filter(node -> node.is("AlterTableStmt")
                        && schema.name(node.get("relation")).equals(table.name()))
                .flatMap(node -> node.list("cmds").stream())
                .anyMatch(c -> c.text("subtype").equals("AT_AddColumn")
                        && c.get("def").text("colname").equals(column));
    }

    /** Added constraints of a kind, such as {@code CONSTR_CHECK}, to a table that traffic may use. */
    public Stream<Part> added(String kind) {
        return parts("AT_AddConstraint")
                .filter(part -> part.definition().text("contype").equals(kind));
    }

    /** Constraints of a kind that stand in the definition of a column that is added. */
    public Stream<Map.Entry<Part, Node>> inline(String kind) {
        return newColumns()
                .flatMap(part -> part.definition().list("constraints").stream()
                        .filter(c -> c.text("contype").equals(kind))
                        .map(c -> Map.entry(part, c)));
    }

    private Set<QualifiedName> locked() {
        boolean names = UNKNOWN.contains(statement.type());
        return effect.locks().keySet().stream()
                .filter(relation -> names || schema.table(relation).isPresent())
                .filter(this::isOld)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Tables in use that the statement locks at least this strongly. */
    public List<QualifiedName> locked(LockMode atLeast) {
        return effect.locks().entrySet().stream()
                .filter(lock -> lock.getValue().compareTo(atLeast) >= 0)
                .map(Map.Entry::getKey)
                .filter(relation -> schema.table(relation).isPresent())
                .filter(this::isOld)
                .toList();
    }
}
