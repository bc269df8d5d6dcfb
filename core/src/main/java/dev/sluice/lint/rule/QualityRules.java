package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about quality. */
final class QualityRules {

    static final List<Rule> ALL = List.of();

    private QualityRules() {}
}
