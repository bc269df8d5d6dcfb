package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** ADD CHECK, FOREIGN KEY, UNIQUE or EXCLUDE without a name. */
final class UnnamedConstraint implements Rule {

    private static final Map<String, String> SUFFIXES = Map.of(
            "CONSTR_CHECK", "check", "CONSTR_FOREIGN", "fkey", "CONSTR_UNIQUE", "key", "CONSTR_EXCLUSION", "excl");

    @Override
    public String id() {
        return "unnamed-constraint";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("a constraint without a name of its own", """
                PostgreSQL chooses a name, and another one if that is taken. Where schemas have grown differently,
                later migrations cannot name the constraint the same way everywhere.""", "ADD CONSTRAINT name …");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        List<Part> unnamed = scene.parts("AT_AddConstraint")
                .filter(part -> SUFFIXES.containsKey(part.definition().text("contype")))
                .filter(part -> part.definition().text("conname").isEmpty()
                        && part.definition().text("indexname").isEmpty())
                .toList();
        for (Part part : unnamed) {
            String message = "the constraint of " + part.table().name() + " gets a name that PostgreSQL chooses";
            String name = name(part);
            boolean certain = unnamed.size() == 1
                    && !scene.isAssumed(part.table().name())
                    && part.table().constraint(name).isEmpty()
                    && name.length() <= Identifier.MAX_BYTES;
            int at = scene.statement().start() + scene.statement().offset(part.definition());
            Edits edits = new Edits(scene.statement().source());
            if (certain) {
                edits.put(at, "CONSTRAINT " + Identifier.quote(name) + " ");
            }
            report.found(part.definition(), message, edits.fix(), part.table().name());
        }
    }

    /** As PostgreSQL names it. */
    private static String name(Part part) {
        Node definition = part.definition();
        List<String> parts = new ArrayList<>(List.of(part.table().name().name()));
        parts.addAll(definition.strings("fk_attrs"));
        parts.addAll(definition.strings("keys"));
        definition
                .list("exclusions")
                .forEach(pair -> parts.add(pair.list("items").get(0).text("name")));
        Set<String> checked = Expressions.columns(definition.get("raw_expr"));
        if (checked.size() == 1) {
            parts.addAll(checked);
        }
        parts.add(Objects.requireNonNull(SUFFIXES.get(definition.text("contype"))));
        return String.join("_", parts);
    }
}
