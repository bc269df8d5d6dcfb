package dev.sluice.lint.rule;

import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Scene;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** IF EXISTS and IF NOT EXISTS, put where they belong. Pure. */
final class Guards {

    private static final String ABSENT = " IF NOT EXISTS";
    private static final String PRESENT = " IF EXISTS";

    private Guards() {}

    /** The statement in a form that can run again; empty where there is none. */
    static Optional<Fix> of(Scene scene) {
        Words words = Words.of(scene);
        Node node = scene.node();
        return switch (node.type()) {
            case "CreateStmt" -> behind(words, "TABLE", ABSENT);
            case "CreateSeqStmt" -> behind(words, "SEQUENCE", ABSENT);
            case "CreateTrigStmt" ->
                node.flag("isconstraint") ? Optional.empty() : behind(words, "CREATE", " OR REPLACE");
            case "IndexStmt" -> index(scene, words);
            case "DropStmt" -> dropped(words);
            case "AlterTableStmt" -> parts(scene);
            default -> Optional.empty();
        };
    }

    private static Optional<Fix> behind(Words words, String keyword, String guard) {
        return words.keyword(keyword)
                .flatMap(word -> words.edits().put(words.end(word), guard).fix());
    }

    /** An index that failed is there, and of no use. */
    private static Optional<Fix> index(Scene scene, Words words) {
        Node node = scene.node();
        if (node.text("idxname").isEmpty()) {
            return Optional.empty();
        }
        String name = QualifiedName.of(node.get("relation").text("schemaname"), node.text("idxname"))
                .quoted();
        return node.flag("concurrent")
                ? words.edits()
                        .before(scene.statement(), "DROP INDEX CONCURRENTLY IF EXISTS " + name)
                        .fix()
                : behind(words, "INDEX", ABSENT);
    }

    private static Optional<Fix> dropped(Words words) {
        int kind = words.isOneOf(1, "MATERIALIZED", "FOREIGN") ? 2 : 1;
        int last = words.isOneOf(kind + 1, "CONCURRENTLY") ? kind + 1 : kind;
        return words.isOneOf(
                        kind,
                        "TABLE",
                        "INDEX",
                        "VIEW",
                        "SEQUENCE",
                        "TYPE",
                        "DOMAIN",
                        "SCHEMA",
                        "FUNCTION",
                        "EXTENSION",
                        "TRIGGER")
                ? words.edits()
                        .put(words.end(words.tokens().get(last)), PRESENT)
                        .fix()
                : Optional.empty();
    }

    private static Optional<Fix> parts(Scene scene) {
        return AlterText.of(scene.statement()).flatMap(text -> {
            Edits edits = text.words().edits();
            List<Node> commands = scene.node().list("cmds");
            for (int i = 0; i < commands.size(); i++) {
                part(text, commands.get(i), text.parts().get(i).start(), edits);
            }
            return edits.fix();
        });
    }

    private static void part(AlterText text, Node command, int start, Edits edits) {
        if (command.flag("missing_ok")
                || !List.of("AT_AddColumn", "AT_DropColumn", "AT_DropConstraint")
                        .contains(command.text("subtype"))) {
            return;
        }
        Words words = text.words();
        int verb = 0;
        while (words.start(words.tokens().get(verb)) < start) {
            verb++;
        }
        boolean kind = words.isOneOf(verb + 1, "COLUMN", "CONSTRAINT");
        String guard = command.text("subtype").equals("AT_AddColumn") ? ABSENT : PRESENT;
        edits.put(words.end(words.tokens().get(kind ? verb + 1 : verb)), kind ? guard : " COLUMN" + guard);
    }
}
