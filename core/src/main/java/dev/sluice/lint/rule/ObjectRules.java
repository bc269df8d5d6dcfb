package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about objects. */
final class ObjectRules {

    static final List<Rule> ALL = List.of(
            new DropTable(),
            new DropTableFkPeers(),
            new DropCascade(),
            new DropSchemaDatabase(),
            new Truncate(),
            new TruncateCascade(),
            new RenameTable(),
            new RenameSchema(),
            new RecreateTable(),
            new SetLoggedUnlogged(),
            new SetTablespace(),
            new SetAccessMethod(),
            new RewriteMaintenance(),
            new ExplicitLockTable(),
            new TriggerDdl(),
            new RowSecurityPolicy(),
            new GrantRevoke(),
            new ReplicaIdentityChange(),
            new ViewReplace(),
            new RefreshMatviewBlocking(),
            new AlterSequenceBlocksNextval(),
            new DropSequence(),
            new FunctionUntrackable(),
            new ExtensionUpgrade(),
            new EnumAddValueInTransaction(),
            new EnumRenameValue(),
            new EnumRemoveValue(),
            new EnumValueOrder(),
            new DomainAddConstraintValid(),
            new CreateDomainConstraint(),
            new CompositeTypeCascade());

    private ObjectRules() {}
}
