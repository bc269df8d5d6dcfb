package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** Triggers made, dropped, switched on and off. */
final class TriggerDdl implements Rule {

    private static final Set<String> SWITCHES = Set.of(
            "AT_EnableTrig",
            "AT_EnableAlwaysTrig",
            "AT_EnableReplicaTrig",
            "AT_EnableTrigAll",
            "AT_EnableTrigUser",
            "AT_DisableTrig",
            "AT_DisableTrigAll",
            "AT_DisableTrigUser");

    @Override
    public String id() {
        return "trigger-ddl";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("changes of triggers lock the table", """
            CREATE TRIGGER and ENABLE or DISABLE TRIGGER stop writes (SHARE ROW EXCLUSIVE), DROP and RENAME
            everything. DISABLE TRIGGER ALL switches foreign keys off, too: rows that violate them get in and
            stay.\
            """, """
                A transaction of its own with a short lock_timeout, and try again. DISABLE TRIGGER USER leaves
                foreign keys alone.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateTrigStmt", "RenameStmt", "DropStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (scene.is("CreateTrigStmt")) {
            scene.oldTable().ifPresent(t -> say(scene, report, "writes to " + t.name() + " wait", t.name()));
        } else if (scene.is("RenameStmt") && node.text("renameType").equals("OBJECT_TRIGGER")) {
            QualifiedName table = scene.schema().name(node.get("relation"));
            if (scene.isOld(table)) {
                say(scene, report, "all queries of " + table + " wait", table);
            }
        }
        for (List<String> name : Surroundings.dropped(node, "OBJECT_TRIGGER")) {
            QualifiedName table = scene.schema().name(Surroundings.relation(name.subList(0, name.size() - 1)));
            if (scene.isOld(table)) {
                say(scene, report, "all queries of " + table + " wait", table);
            }
        }
        scene.parts().stream()
                .filter(part -> SWITCHES.contains(part.command().text("subtype")))
                .forEach(part -> {
                    QualifiedName table = part.table().name();
                    if (part.is("AT_DisableTrigAll")) {
                        report.found(
                                Severity.ERROR, node, "foreign keys of " + table + " are not checked any more", table);
                    } else {
                        say(scene, report, "writes to " + table + " wait", table);
                    }
                });
    }

    private static void say(Scene scene, Report report, String who, QualifiedName table) {
        report.found(scene.node(), who + " until the trigger is changed and the transaction ends", table);
    }
}
