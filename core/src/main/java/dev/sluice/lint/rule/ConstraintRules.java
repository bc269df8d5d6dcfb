package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about constraints. */
final class ConstraintRules {

    static final List<Rule> ALL = List.of();

    private ConstraintRules() {}
}
