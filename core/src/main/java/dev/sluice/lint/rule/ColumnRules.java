package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about columns. */
final class ColumnRules {

    static final List<Rule> ALL = List.of(new ChangeTypeRewrite(), new SetNotNullScan());

    private ColumnRules() {}
}
