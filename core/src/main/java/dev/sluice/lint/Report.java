package dev.sluice.lint;

import dev.sluice.lint.size.Weight;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Takes what a rule finds in a statement. */
public final class Report {

    private final Rule rule;
    private final Scene scene;
    private final List<Finding> findings;

    Report(Rule rule, Scene scene, List<Finding> findings) {
        this.rule = rule;
        this.scene = scene;
        this.findings = findings;
    }

    /** Something at a part of the statement. */
    public void found(Node at, String message, QualifiedName... tables) {
        add(rule.severity(), at, message, Optional.empty(), tables);
    }

    /** Something less bad than usual, or worse. */
    public void found(Severity severity, Node at, String message, QualifiedName... tables) {
        add(severity, at, message, Optional.empty(), tables);
    }

    /** Something at a part of the statement that may have a fix. */
    public void found(Node at, String message, Optional<Finding.Fix> fix, QualifiedName... tables) {
        add(rule.severity(), at, message, fix, tables);
    }

    /** Something less bad than usual, or worse, that may have a fix. */
    public void found(Severity severity, Node at, String message, Optional<Finding.Fix> fix, QualifiedName... tables) {
        add(severity, at, message, fix, tables);
    }

    /** What another rule found, as a finding of this one. */
    public void repeat(Finding found, String message) {
        findings.add(new Finding(
                rule.id(),
                rule.severity(),
                found.possible(),
                found.position(),
                message,
                found.lock(),
                found.tables(),
                found.instead(),
                found.excerpt(),
                Optional.empty(),
                found.weight(),
                found.observed()));
    }

    private void add(Severity severity, Node at, String message, Optional<Finding.Fix> fix, QualifiedName... tables) {
        List<QualifiedName> about = List.of(tables);
        boolean possible = about.stream().anyMatch(scene::isAssumed)
                || !scene.effect().doubts().isEmpty();
        Optional<Weight> weight = rule.isAboutWork() ? scene.sizes().of(scene.effect()) : Optional.empty();
        int offset = scene.statement().start() + scene.statement().offset(at);
        findings.add(new Finding(
                rule.id(),
                weight.map(Weight::severity).orElse(severity),
                possible,
                scene.statement().source().position(offset),
                message,
                about.stream()
                        .map(table -> scene.effect().locks().get(table))
                        .filter(mode -> mode != null)
                        .max(LockMode::compareTo),
                about,
                rule.instead(scene),
                scene.statement().source().excerpt(offset),
                fix,
                weight,
                Optional.empty()));
    }
}
