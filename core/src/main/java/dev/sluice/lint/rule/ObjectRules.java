package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about objects. */
final class ObjectRules {

    static final List<Rule> ALL = List.of();

    private ObjectRules() {}
}
