package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.stream.Stream;

/** What cannot run twice, where nothing takes the first run back. */
final class NonIdempotentStep implements Rule {

    @Override
    public String id() {
        return "non-idempotent-step";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("a step that cannot run again", """
            Without a transaction, what ran before a failure stays. The file cannot be run again then: its first
            statements fail, as their work is done.\
            """, """
                IF NOT EXISTS, IF EXISTS; for an index DROP INDEX CONCURRENTLY IF EXISTS before CREATE INDEX
                CONCURRENTLY.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.transactional() || isGuarded(scene)) {
            return;
        }
        boolean alone = scene.earlier().isEmpty() && scene.after().isEmpty();
        if (scene.is("IndexStmt") && scene.node().flag("concurrent")) {
            report.found(
                    scene.node(), "if it fails it leaves an invalid index, and cannot run again", Guards.of(scene));
        } else if (!alone) {
            report.found(scene.node(), "if a statement of the file fails, this one cannot run again", Guards.of(scene));
        }
    }

    private static boolean isGuarded(Scene scene) {
        Node node = scene.node();
        return switch (node.type()) {
            case "CreateStmt", "CreateSeqStmt" ->
                node.flag("if_not_exists") || isDroppedFirst(scene, node.get("relation"));
            case "IndexStmt" ->
                node.flag("if_not_exists")
                        || isDroppedFirst(scene, Surroundings.relation(List.of(node.text("idxname"))));
            case "DropStmt" -> node.flag("missing_ok");
            case "CreateTrigStmt" ->
                node.flag("replace")
                        || !Surroundings.earlier(scene, "DropStmt").toList().isEmpty();
            case "AlterTableStmt" ->
                node.flag("missing_ok")
                        || node.list("cmds").stream()
                                .noneMatch(c -> List.of("AT_AddColumn", "AT_DropColumn", "AT_DropConstraint")
                                                .contains(c.text("subtype"))
                                        && !c.flag("missing_ok"));
            default -> true;
        };
    }

    private static boolean isDroppedFirst(Scene scene, Node relation) {
        return Surroundings.earlier(scene, "DropStmt")
                .flatMap(drop -> Stream.concat(
                        Surroundings.dropped(drop, "OBJECT_INDEX").stream(),
                        Surroundings.dropped(drop, "OBJECT_TABLE").stream()))
                .anyMatch(name -> name.get(name.size() - 1).equals(relation.text("relname")));
    }
}
