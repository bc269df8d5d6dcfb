package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;
import java.util.stream.Stream;

/** ALTER COLUMN … SET STORAGE or SET COMPRESSION. */
final class SetStorageCompression implements Rule {

    @Override
    public String id() {
        return "set-storage-compression";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("another storage or compression holds for new values only", """
                It changes the catalog, under ACCESS EXCLUSIVE for a moment. Values that are stored already stay in
                their old form until something writes them anew.""", """
                A short lock_timeout, and another try when it runs out. Rewrite old rows in batches only if the new
                form is worth it.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Stream.concat(scene.parts("AT_SetStorage"), scene.parts("AT_SetCompression"))
                .forEach(part -> report.found(
                        part.command(),
                        "the values that " + part.column() + " has keep their old form",
                        part.table().name()));
    }
}
