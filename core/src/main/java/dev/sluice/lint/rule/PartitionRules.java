package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about partitions. */
final class PartitionRules {

    static final List<Rule> ALL = List.of();

    private PartitionRules() {}
}
