package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** CASCADE, which drops what nobody wrote down. */
final class DropCascade implements Rule {

    @Override
    public String id() {
        return "drop-cascade";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("CASCADE drops more than it says", """
            Views, foreign keys, defaults, columns that depend on the object go too, whatever they are on this
            database; PostgreSQL names them in a notice at most. Each table concerned is locked against
            everyone.\
            """, """
                Leave CASCADE out: PostgreSQL says what depends on the object. Drop that in statements of its own.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        boolean schema = node.text("removeType").equals("OBJECT_SCHEMA");
        if (scene.is("DropStmt") && node.text("behavior").equals("DROP_CASCADE") && !schema && isOld(scene)) {
            List<QualifiedName> others = scene.locked(LockMode.ACCESS_EXCLUSIVE).stream()
                    .filter(name -> !named(node).contains(name.name()))
                    .toList();
            report.found(
                    node,
                    others.isEmpty()
                            ? "whatever depends on it goes with it, unseen"
                            : "what depends on it goes with it, unseen: " + others.get(0) + " is concerned",
                    fix(scene),
                    others.toArray(QualifiedName[]::new));
        }
        scene.parts().stream()
                .filter(part -> part.is("AT_DropColumn") || part.is("AT_DropConstraint"))
                .filter(part -> part.command().text("behavior").equals("DROP_CASCADE"))
                .forEach(part -> report.found(
                        node,
                        "whatever depends on " + part.name() + " of "
                                + part.table().name() + " goes with it, unseen",
                        fix(scene, part),
                        part.table().name()));
    }

    /** Writes down the foreign keys that go; a view that reads the table is for its author to look at. */
    private static Optional<Fix> fix(Scene scene) {
        List<KnownTable> tables = Surroundings.dropped(
                        scene.node(), scene.node().text("removeType"))
                .stream()
                .flatMap(name -> scene.schema().table(Surroundings.relation(name)).stream())
                .toList();
        boolean clear = Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW")
                        .contains(scene.node().text("removeType"))
                && tables.size() == scene.node().list("objects").size()
                && tables.stream()
                        .allMatch(table -> !scene.isAssumed(table.name())
                                && scene.schema().readersOf(table.name()).isEmpty()
                                && scene.schema().childrenOf(table.name()).isEmpty());
        if (!clear) {
            return Optional.empty();
        }
        Words words = Words.of(scene);
        Edits edits = words.edits();
        tables.stream()
                .flatMap(table -> scene.schema().keysTo(table.name()).stream())
                .filter(key -> !tables.contains(key.table()))
                .forEach(key -> edits.before(
                        scene.statement(),
                        "ALTER TABLE " + key.table().name() + " DROP CONSTRAINT "
                                + Identifier.quote(key.key().name())));
        return withoutCascade(words, edits, words.tokens().size() - 1);
    }

    private static Optional<Fix> fix(Scene scene, Part part) {
        boolean clear = !scene.isAssumed(part.table().name())
                && part.table().columnsAreKnown()
                && scene.schema().keysTo(part.table().name()).isEmpty()
                && scene.schema().childrenOf(part.table().name()).isEmpty()
                && scene.schema().readersOf(part.table().name()).isEmpty();
        return clear
                ? AlterText.of(scene.statement()).flatMap(text -> {
                    int end = text.parts().get(text.index(part.command())).end();
                    Words words = text.words();
                    int last = 0;
                    while (words.end(words.tokens().get(last)) < end) {
                        last++;
                    }
                    return withoutCascade(words, words.edits(), last);
                })
                : Optional.empty();
    }

    private static Optional<Fix> withoutCascade(Words words, Edits edits, int last) {
        return words.isOneOf(last, "CASCADE")
                ? edits.replace(
                                words.end(words.tokens().get(last - 1)),
                                words.end(words.tokens().get(last)),
                                "")
                        .fix()
                : Optional.empty();
    }

    private static List<String> named(Node node) {
        return Surroundings.dropped(node, node.text("removeType")).stream()
                .map(name -> name.get(name.size() - 1))
                .toList();
    }

    /** Things other than tables have no age here. */
    private static boolean isOld(Scene scene) {
        return !scene.node().text("removeType").equals("OBJECT_TABLE")
                || !Surroundings.droppedInUse(scene, "OBJECT_TABLE").isEmpty();
    }
}
