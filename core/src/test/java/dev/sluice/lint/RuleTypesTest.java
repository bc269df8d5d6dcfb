package dev.sluice.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lint.rule.Rules;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.size.Sizes;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rule is asked about statements of its types only. It must have nothing to say of others. */
class RuleTypesTest {
    private static final PgParser PARSER = new PgParser();

    /** The same rule, asked about every statement. */
    private record Everywhere(Rule rule) implements Rule {
        @Override
        public String id() {
            return rule.id();
        }

        @Override
        public Severity severity() {
            return rule.severity();
        }

        @Override
        public About about() {
            return rule.about();
        }

        @Override
        public String instead(Scene scene) {
            return rule.instead(scene);
        }

        @Override
        public boolean isAboutWork() {
            return rule.isAboutWork();
        }

        @Override
        public boolean isHabit() {
            return rule.isHabit();
        }

        @Override
        public void check(Scene scene, Report report) {
            rule.check(scene, report);
        }

        @Override
        public void goingBack(Scene scene, List<Finding> found, Report report) {
            rule.goingBack(scene, found, report);
        }

        @Override
        public boolean staysOpen(Scene scene) {
            return rule.staysOpen(scene);
        }

        @Override
        public void atEnd(Scene scene, Report report) {
            rule.atEnd(scene, report);
        }
    }

    private static final List<Rule> EVERYWHERE =
            Rules.ALL.stream().<Rule>map(Everywhere::new).toList();

    /** The cases of all rules, each judged as a script of its own by all rules. */
    @Test
    void aRuleSaysNothingOfOtherTypes() throws IOException {
        int found = 0;
        for (Rule rule : Rules.ALL) {
            for (String text : cases(rule).split("(?m)^-- case: ")) {
                for (TransactionMode mode : TransactionMode.values()) {
                    SourceText source = new SourceText(rule.id(), "-- " + text);
                    MigrationScript script =
                            new MigrationScript(source, 0, source.text().length(), mode, List.of());
                    List<Finding> findings = lint(Rules.ALL, script);
                    assertThat(lint(EVERYWHERE, script)).as(text).isEqualTo(findings);
                    found += findings.size();
                }
            }
        }
        assertThat(found).isGreaterThan(1000);
    }

    private static List<Finding> lint(List<Rule> rules, MigrationScript script) {
        Linter linter = new Linter(
                PARSER, 18, LocalDate.of(2026, 1, 31), Observations.NONE, Sizes.UNKNOWN, new KnownSchema(), rules);
        List<Finding> findings = new ArrayList<>(linter.lint(script));
        linter.follow(script.parse(PARSER));
        findings.addAll(linter.atEnd());
        return findings;
    }

    private static String cases(Rule rule) throws IOException {
        try (InputStream stream = Rules.class.getResourceAsStream(rule.id() + ".sql")) {
            return new String(Objects.requireNonNull(stream, rule.id()).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void mostRulesLookAtFewTypes() {
        assertThat(Rules.ALL.stream().map(Rule::types).filter(Set::isEmpty).count())
                .isLessThan(20);
    }
}
