package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** CLUSTER and VACUUM FULL. */
final class RewriteMaintenance implements Rule {

    @Override
    public String id() {
        return "rewrite-maintenance";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("CLUSTER and VACUUM FULL rewrite the table", """
            They copy the live rows into new files and build all indexes anew, under ACCESS EXCLUSIVE from the
            start to the end.\
            """, """
                VACUUM without FULL makes the room usable again. To give it back to the system while traffic goes
                on: pg_repack or pg_squeeze.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("ClusterStmt", "VacuumStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("ClusterStmt") && !scene.is("VacuumStmt")) {
            return;
        }
        List<QualifiedName> tables =
                scene.effect().rewritten().stream().filter(scene::isOld).toList();
        if (!tables.isEmpty()) {
            report.found(
                    scene.node(),
                    "nothing can read or write " + tables.get(0) + " until it is rewritten",
                    tables.toArray(QualifiedName[]::new));
        } else if (scene.is("ClusterStmt") && !scene.node().has("relation")) {
            report.found(
                    scene.node(), "nothing can read or write a table that was clustered before until it is rewritten");
        }
    }
}
