package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about constraints. */
final class ConstraintRules {

    static final List<Rule> ALL = List.of(
            new AddCheckValid(),
            new AddForeignKeyValid(),
            new AddFkNotValidPartitioned(),
            new AddUniqueConstraint(),
            new AddPrimaryKey(),
            new PrimaryKeyUsingNullableIndex(),
            new AddExclusionConstraint(),
            new NotValidNeverValidated(),
            new ValidateWhileLocked(),
            new ValidateCombinedSubcommands(),
            new AlterFkEnforced18(),
            new AlterConstraintDeferrable(),
            new DropForeignKey(),
            new DropReferencedKey(),
            new MultipleForeignKeysOneTx(),
            new CreateTableWithFk(),
            new FkMissingIndex(),
            new ConstraintDataDependent(),
            new UnnamedConstraint());

    private ConstraintRules() {}
}
