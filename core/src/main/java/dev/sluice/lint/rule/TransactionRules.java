package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about transactions, settings and the way statements stand together. */
final class TransactionRules {

    static final List<Rule> ALL = List.of(
            new MissingLockTimeout(),
            new LockTimeoutTooLong(),
            new MissingStatementTimeout(),
            new SetLocalOutsideTransaction(),
            new StatementAfterAccessExclusive(),
            new MultipleAlterSameTable(),
            new MultiTableLockOrder(),
            new BackfillInDdlTransaction(),
            new UpdateWithoutWhere(),
            new MixedDdlDml(),
            new NewTableFilledThenConstrained(),
            new NestedTransaction(),
            new UncommittedTransaction(),
            new NonIdempotentStep(),
            new SessionSettingWithPooler(),
            new PreparedPlanInvalidated(),
            new OldVersionIncompatible(),
            new OpaqueSql(),
            new RollbackUnsafe(),
            new NonLinearHistory());

    private TransactionRules() {}
}
