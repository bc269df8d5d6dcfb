package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about transactions. */
final class TransactionRules {

    static final List<Rule> ALL = List.of();

    private TransactionRules() {}
}
