package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about indexes. */
final class IndexRules {

    static final List<Rule> ALL = List.of(
            new CreateIndexBlocking(),
            new CreateIndexIfNotExistsNoop(),
            new CreateIndexPartitionedParent(),
            new ConcurrentlyOnPartitioned(),
            new ConcurrentlyInTransaction(),
            new ConcurrentlyInBatch(),
            new ConcurrentIndexFailedInvalid(),
            new ConcurrentIndexWaits(),
            new IndexCorruption14(),
            new DropIndexBlocking(),
            new DropIndexConcurrentlyIllegal(),
            new DropIndexPerformance(),
            new ReplaceIndexOrder(),
            new ReindexBlocking(),
            new AddUniqueIndexDataDependent(),
            new IndexTooWide(),
            new RedundantIndex(),
            new ExpressionIndexNoAnalyze());

    private IndexRules() {}
}
