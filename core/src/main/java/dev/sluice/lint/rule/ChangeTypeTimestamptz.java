package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ALTER COLUMN … TYPE between timestamp and timestamptz. */
final class ChangeTypeTimestamptz implements Rule {

    @Override
    public String id() {
        return "change-type-timestamptz";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("timestamp to timestamptz, or back", """
                The values are taken to be in the session's time zone. In UTC that leaves their bytes as they are, and
                nothing is rewritten; in any other zone they move by its offset, and the table is rewritten under
                ACCESS EXCLUSIVE. USING c AT TIME ZONE … always rewrites.""", """
                SET LOCAL timezone = 'UTC' in the same transaction, if the values are in UTC, and no USING. Otherwise
                a second column, a trigger, and a swap of the names.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType").filter(ChangeTypeTimestamptz::isOne).forEach(part -> {
            String type = ColumnType.of(part.definition().get("typeName")).name();
            if (!part.effect().rewritten().isEmpty()) {
                report.found(
                        Severity.ERROR,
                        part.definition(),
                        "making " + part.column() + " a " + type
                                + " this way rewrites the table while nothing can read or write it",
                        fix(scene, part),
                        part.table().name());
            } else if (scene.schema().setting("timezone").isEmpty()) {
                report.found(
                        part.definition(),
                        "making " + part.column() + " a " + type
                                + " moves its values and rewrites the table unless the session's" + " time zone is UTC",
                        part.table().name());
            }
        });
    }

    /** Only where USING says that the values are in UTC, and nothing comes after it that another time zone would change. */
    private static Optional<Fix> fix(Scene scene, Part part) {
        Node using = part.definition().get("raw_default");
        List<Node> arguments = using.list("args");
        boolean utc = using.is("FuncCall")
                && using.strings("funcname").contains("timezone")
                && arguments.size() == 2
                && arguments.get(0).get("sval").text("sval").equalsIgnoreCase("UTC")
                && Expressions.columns(using).equals(Set.of(part.name()));
        boolean last = Surroundings.restOfTransaction(scene).findAny().isEmpty();
        if (!utc || !last || !scene.transactional() || scene.node().list("cmds").size() > 1) {
            return Optional.empty();
        }
        Words words = Words.of(scene);
        return words.keyword("USING").flatMap(word -> {
            int at = words.tokens().indexOf(word);
            return words.edits()
                    .before(scene.statement(), "SET LOCAL timezone = 'UTC'")
                    .replace(
                            words.end(words.tokens().get(at - 1)),
                            scene.statement().end(),
                            "")
                    .fix();
        });
    }

    static boolean isOne(Part part) {
        String to = ColumnType.of(part.definition().get("typeName")).name();
        return part.type()
                .map(ColumnType::name)
                .filter(from ->
                        !from.equals(to) && Set.of("timestamp", "timestamptz").containsAll(Set.of(from, to)))
                .isPresent();
    }
}
