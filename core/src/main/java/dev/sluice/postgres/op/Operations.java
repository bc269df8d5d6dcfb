package dev.sluice.postgres.op;

import dev.sluice.planner.Operation;
import java.util.List;

/** The list of all operations, in the order in which they are asked. */
public final class Operations {

    public static final List<Operation> ALL = List.of(
            new RecreateEnum(),
            new ForeignTables(),
            new AlterDomain(),
            new TypeAttributes(),
            new RenameObject(),
            new MoveObject(),
            new TableSettings(),
            new IndexSettings(),
            new SequencePosition(),
            new AlterSequence(),
            new IdentityColumn(),
            new AlterDefinition(),
            new DropOther(),
            new CreateOther(),
            new AddColumn(),
            new FillColumns(),
            new DropColumn(),
            new RenameColumn(),
            new RenameTable(),
            new ChangeType(),
            new NotNull(),
            new ColumnDefault(),
            new CreateIndex(),
            new DropIndex(),
            new AddConstraint(),
            new DropConstraint(),
            new ConstraintState(),
            new RenamePart(),
            new CreateObject(),
            new DropObject(),
            new DropTable(),
            new CreateTable(),
            new ChangeData(),
            new Describe(),
            new Privileges(),
            new Publications(),
            new AnalyzeTables(),
            new EnumLabels(),
            new Triggers(),
            new Partitions(),
            new Refused());

    private Operations() {}
}
