package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ALTER COLUMN … TYPE of a column of a foreign key, on either side. */
final class ChangeTypeLocksFkPeer implements Rule {

    @Override
    public String id() {
        return "change-type-locks-fk-peer";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a type change that locks the other table of a foreign key", """
                The foreign key is made anew with the new type, which takes ACCESS EXCLUSIVE on the table at its other
                end, too. If the rows are rewritten, the key is also checked again for all of them.""", """
                Plan for both tables: a short lock_timeout, and another try when it runs out. Or drop the foreign key
                before and add it again NOT VALID.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType")
                .forEach(part -> peers(scene, part)
                        .forEach(peer -> report.found(
                                part.definition(),
                                "changing the type of " + part.column() + " also stops reads and writes of " + peer
                                        + ", by a foreign key",
                                peer,
                                part.table().name())));
    }

    /** The tables in use, other than the altered, that a part locks out. */
    static List<QualifiedName> peers(Scene scene, Part part) {
        List<QualifiedName> family = scene.schema().family(part.table()).stream()
                .map(KnownTable::name)
                .toList();
        return part.effect().locks().entrySet().stream()
                .filter(lock -> lock.getValue() == LockMode.ACCESS_EXCLUSIVE)
                .map(Map.Entry::getKey)
                .filter(name -> !family.contains(name) && scene.isOld(name))
                .toList();
    }
}
