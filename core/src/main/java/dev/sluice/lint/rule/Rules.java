package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;
import java.util.stream.Stream;

/** All rules. */
public final class Rules {

    public static final List<Rule> ALL = Stream.of(
                    ColumnRules.ALL,
                    ConstraintRules.ALL,
                    IndexRules.ALL,
                    PartitionRules.ALL,
                    ObjectRules.ALL,
                    TransactionRules.ALL,
                    QualityRules.ALL)
            .flatMap(List::stream)
            .toList();

    private Rules() {}
}
