package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about columns. */
final class ColumnRules {

    static final List<Rule> ALL = List.of(
            new AddColumnVolatileDefault(),
            new AddColumnSerial(),
            new AddColumnIdentity(),
            new AddColumnGeneratedStored(),
            new AddColumnVirtualChecked(),
            new AddColumnConstrainedDomain(),
            new AddColumnInlineCheck(),
            new AddColumnInlineFk(),
            new AddColumnInlineUnique(),
            new AddColumnInlinePrimaryKey(),
            new AddColumnNotNullNoDefault(),
            new AddColumnDefaultThenDropped(),
            new AddColumnJson(),
            new MismatchedReferenceType(),
            new ChangeTypeRewrite(),
            new ChangeTypeTimestamptz(),
            new ChangeTypeIndexRebuild(),
            new ChangeTypeCheckRecheck(),
            new ChangeTypeLocksFkPeer(),
            new ChangeTypeDependentObject(),
            new ChangeTypeLosesStatistics(),
            new ChangeTypeBreaksClients(),
            new SetNotNullScan(),
            new SetNotNullDropCheckSameStatement(),
            new SetNotNullDataDependent(),
            new SetNotNullPartitioned(),
            new NotNullValidConstraint18(),
            new NotNullPromoteWithSet18(),
            new DropNotNull(),
            new ChangeColumnDefault(),
            new RenameColumn(),
            new DropColumn(),
            new DropColumnImplicitIndex(),
            new SetGeneratedExpression(),
            new SetStorageCompression());

    private ColumnRules() {}
}
