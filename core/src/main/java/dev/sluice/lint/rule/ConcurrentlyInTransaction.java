package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Optional;
import java.util.stream.Stream;

/** What PostgreSQL refuses in a transaction block. */
final class ConcurrentlyInTransaction implements Rule {

    @Override
    public String id() {
        return "concurrently-in-transaction";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a statement that does not run in a transaction", """
            PostgreSQL refuses CREATE, DROP and REINDEX INDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY,
            VACUUM and some more in a transaction block, as they commit in between. After BEGIN it fails for
            certain; in a file with other statements it fails with every tool that runs a file in one
            transaction.\
            """, """
                Put the statement into a migration of its own that runs without a transaction: `--
                sluice:transaction off`.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.effect().transactional() || scene.effect().failure().isPresent() || !scene.transactional()) {
            return;
        }
        if (Surroundings.isInBlock(scene)) {
            report.found(
                    scene.node(),
                    "the statement fails: PostgreSQL does not run it between BEGIN and COMMIT",
                    scene.wrapped()
                            ? Optional.empty()
                            : Block.around(scene).flatMap(block -> block.without(scene.statement())));
        } else if (hasCompany(scene)) {
            report.found(
                    Severity.WARNING,
                    scene.node(),
                    "the statement fails where the file runs in one transaction: other statements stand beside it");
        }
    }

    /** A statement alone is run without a transaction by most tools, as by Sluice. */
    private static boolean hasCompany(Scene scene) {
        return Stream.concat(scene.earlier().stream().map(Scene.Done::statement), scene.after().stream())
                .anyMatch(statement -> !statement.node().is("VariableSetStmt"));
    }
}
