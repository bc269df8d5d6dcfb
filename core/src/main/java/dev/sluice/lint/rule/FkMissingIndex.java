package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A foreign key whose columns no index begins with. */
final class FkMissingIndex implements Rule {

    private static final Set<String> KEYS = Set.of("CONSTR_PRIMARY", "CONSTR_UNIQUE");

    @Override
    public String id() {
        return "fk-missing-index";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "a foreign key without an index on its own side",
                """
                PostgreSQL makes no index for the referencing columns. Each DELETE of a referenced row, and each
                UPDATE of its key, then reads the whole referencing table.""",
                "CREATE INDEX CONCURRENTLY on the referencing columns, before the key is added.");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (ForeignKey key : ForeignKey.of(scene)) {
            boolean known = scene.is("CreateStmt")
                    || scene.schema()
                            .table(key.table())
                            .filter(t -> t.columnsAreKnown()
                                    || key.columns().stream().allMatch(c -> key.adds(scene, c)))
                            .isPresent();
            if (known && !key.columns().isEmpty() && !hasIndex(scene, key)) {
                report.found(key.node(), message(key), fix(scene, key), key.table(), key.referenced());
            }
        }
    }

    private static String message(ForeignKey key) {
        return "deletes of " + key.referenced() + " read all of " + key.table() + ": no index begins with "
                + String.join(", ", key.columns());
    }

    /** A later migration of the same directory may make the index. */
    @Override
    public boolean staysOpen(Scene scene) {
        return !ForeignKey.of(scene).isEmpty();
    }

    @Override
    public boolean isSettled(Scene scene, Finding found) {
        return ForeignKey.of(scene).stream()
                .filter(key -> message(key).equals(found.message()))
                .allMatch(key -> there(scene, key).anyMatch(columns -> serves(columns, key)));
    }

    /** Of a table in use the index has to be built beside the traffic, which no transaction allows. */
    private static Optional<Fix> fix(Scene scene, ForeignKey key) {
        Edits edits = new Edits(scene.statement().source());
        String on = " ON " + Words.sql(scene.node().get("relation")) + " (" + Words.columns(key.columns()) + ")";
        boolean partitioned = scene.schema()
                .table(key.table())
                .filter(KnownTable::isPartitioned)
                .isPresent();
        if (scene.is("CreateStmt") || !scene.isOld(key.table())) {
            edits.after(scene.statement(), "CREATE INDEX" + on);
        } else if (!scene.transactional() && !partitioned) {
            String create = "CREATE INDEX CONCURRENTLY" + on;
            if (key.columns().stream().anyMatch(c -> key.adds(scene, c))) {
                edits.after(scene.statement(), create);
            } else {
                edits.before(scene.statement(), create);
            }
        }
        return edits.fix();
    }

    private static boolean hasIndex(Scene scene, ForeignKey key) {
        Stream<List<String>> coming = Stream.concat(
                        Stream.of(scene.statement()),
                        scene.afterAbout(key.table().name(), "IndexStmt", "AlterTableStmt", "CreateStmt"))
                .map(Statement::node)
                .filter(node -> scene.schema().name(node.get("relation")).equals(key.table()))
                .flatMap(FkMissingIndex::made);
        return Stream.concat(there(scene, key), coming).anyMatch(columns -> serves(columns, key));
    }

    private static Stream<List<String>> there(Scene scene, ForeignKey key) {
        return scene.schema().indexesOf(key.table()).stream()
                .filter(index -> index.predicate().isEmpty())
                .map(KnownIndex::columns);
    }

    private static boolean serves(List<String> columns, ForeignKey key) {
        return columns.size() >= key.columns().size()
                && Set.copyOf(columns.subList(0, key.columns().size())).equals(Set.copyOf(key.columns()));
    }

    /** The columns of the indexes that a statement makes. */
    private static Stream<List<String>> made(Node node) {
        if (node.is("IndexStmt")) {
            return node.has("whereClause")
                    ? Stream.empty()
                    : Stream.of(node.list("indexParams").stream()
                            .map(p -> p.text("name"))
                            .toList());
        }
        List<Node> elements = node.is("AlterTableStmt")
                ? node.list("cmds").stream().map(command -> command.get("def")).toList()
                : node.list("tableElts");
        Stream<List<String>> ofTable = elements.stream()
                .filter(c -> KEYS.contains(c.text("contype")) && c.has("keys"))
                .map(c -> c.strings("keys"));
        Stream<List<String>> ofColumns = elements.stream()
                .filter(element -> element.is("ColumnDef"))
                .filter(column -> column.list("constraints").stream().anyMatch(c -> KEYS.contains(c.text("contype"))))
                .map(column -> List.of(column.text("colname")));
        return Stream.concat(ofTable, ofColumns);
    }
}
