package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about indexes. */
final class IndexRules {

    static final List<Rule> ALL = List.of(new CreateIndexBlocking());

    private IndexRules() {}
}
