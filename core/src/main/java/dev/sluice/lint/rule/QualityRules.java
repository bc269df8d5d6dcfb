package dev.sluice.lint.rule;

import dev.sluice.lint.Rule;
import java.util.List;

/** Rules about quality. */
final class QualityRules {

    static final List<Rule> ALL = List.of(
            new IntegerPrimaryKey(),
            new VarcharN(),
            new CharN(),
            new TimestampWithoutTz(),
            new SerialColumn(),
            new CreateEnum(),
            new TableWithoutPrimaryKey(),
            new ColumnAlignment(),
            new IdentifierTooLong(),
            new UnqualifiedTable(),
            new NamingPolicy(),
            new DuplicateAssignment());

    private QualityRules() {}
}
