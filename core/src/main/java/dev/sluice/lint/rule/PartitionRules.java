package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about partitions. */
final class PartitionRules {

    static final List<Rule> ALL = List.of(
            new AttachPartitionScan(),
            new AttachPartitionDefaultScan(),
            new AttachPartitionIndexBuild(),
            new AttachPartitionFk(),
            new CreatePartitionOf(),
            new DetachPartition(),
            new DetachPartitionIncomingFk(),
            new DropPartition(),
            new PartitionRecursion(),
            new AlterInheritance());

    private PartitionRules() {}
}
