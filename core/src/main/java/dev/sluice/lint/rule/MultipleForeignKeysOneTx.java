package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Foreign keys to several tables in one transaction. */
final class MultipleForeignKeysOneTx implements Rule {

    @Override
    public String id() {
        return "multiple-foreign-keys-one-tx";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("foreign keys to several tables in use at once", """
                Each foreign key takes SHARE ROW EXCLUSIVE on the table it points at and keeps it until COMMIT. Writes
                to all of them wait together, and code that writes them in another order can deadlock with the
                migration.""", """
                One foreign key for each transaction: make the table without them, then ADD CONSTRAINT … NOT VALID one
                by one.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        List<QualifiedName> own = ForeignKey.of(scene).stream()
                .filter(key -> !key.referenced().equals(key.table()))
                .map(ForeignKey::referenced)
                .filter(scene::isOld)
                .toList();
        if (own.isEmpty()) {
            return; // most statements: those before them need not be looked at
        }
        Set<QualifiedName> before = new TreeSet<>();
        scene.earlierInTransaction("CreateStmt", "AlterTableStmt")
                .forEach(done -> ForeignKey.of(scene, done.statement().node(), done.effect()).stream()
                        .filter(key -> !key.referenced().equals(key.table()))
                        .forEach(key -> before.add(key.referenced())));
        before.removeIf(table -> !scene.isOld(table));
        Set<QualifiedName> all = new TreeSet<>(before);
        all.addAll(own);
        if (before.size() < 2 && all.size() > Math.max(1, before.size())) {
            report.found(
                    scene.node(),
                    "writes to " + all.stream().map(QualifiedName::toString).collect(Collectors.joining(", "))
                            + " wait together until COMMIT",
                    all.toArray(QualifiedName[]::new));
        }
    }
}
