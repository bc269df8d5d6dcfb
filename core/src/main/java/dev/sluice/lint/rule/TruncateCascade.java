package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** TRUNCATE … CASCADE. */
final class TruncateCascade implements Rule {

    @Override
    public String id() {
        return "truncate-cascade";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "TRUNCATE CASCADE empties other tables",
                """
                Every table with a foreign key to a named one is emptied too, and those that point at them, ON
                DELETE or not.\
                """,
                "Name the tables: TRUNCATE a, b; without CASCADE it fails if one is missing.");
    }

    @Override
    public Set<String> types() {
        return Set.of("TruncateStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("TruncateStmt") || !scene.node().text("behavior").equals("DROP_CASCADE")) {
            return;
        }
        List<QualifiedName> named = scene.node().list("relations").stream()
                .map(scene.schema()::name)
                .toList();
        List<QualifiedName> others = scene.locked(LockMode.ACCESS_EXCLUSIVE).stream()
                .filter(name -> !named.contains(name))
                .toList();
        if (!others.isEmpty()) {
            report.found(
                    scene.node(),
                    "all rows of " + others.get(0) + " are gone, too",
                    fix(scene, named),
                    others.toArray(QualifiedName[]::new));
        } else if (named.stream().anyMatch(name -> scene.schema().table(name).isEmpty())) {
            report.found(Severity.WARNING, scene.node(), "tables that refer to " + named.get(0) + " are emptied, too");
        }
    }

    /** Names what goes: PostgreSQL refuses it if a table that no script made is missing. */
    private static Optional<Fix> fix(Scene scene, List<QualifiedName> named) {
        if (!named.stream().allMatch(name -> scene.schema().table(name).isPresent())) {
            return Optional.empty();
        }
        Words words = Words.of(scene);
        int last = words.tokens().size() - 1;
        if (!words.isOneOf(last, "CASCADE")) {
            return Optional.empty();
        }
        int behind = words.isOneOf(last - 1, "IDENTITY") ? last - 3 : last - 1;
        String others = scene.effect().locks().entrySet().stream()
                .filter(lock -> lock.getValue() == LockMode.ACCESS_EXCLUSIVE)
                .map(Map.Entry::getKey)
                .filter(name ->
                        !named.contains(name) && scene.schema().table(name).isPresent())
                .map(name -> ", " + name)
                .collect(Collectors.joining());
        return words.edits()
                .put(words.end(words.tokens().get(behind)), others)
                .replace(
                        words.end(words.tokens().get(last - 1)),
                        words.end(words.tokens().get(last)),
                        "")
                .fix();
    }
}
