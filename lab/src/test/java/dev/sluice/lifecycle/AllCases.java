package dev.sluice.lifecycle;

import java.util.List;
import java.util.stream.Stream;

/** Every case there is; a new file of cases gets a line here. */
final class AllCases {

    static final List<LifecycleCase> LIVED = Stream.of(
                    ColumnCases.all(),
                    ObjectCases.all(),
                    PgrollCases.all(),
                    PgrollConstraintCases.all(),
                    ConstraintCases.all(),
                    UntestedCases.all(),
                    ProjectCases.all(),
                    HandCases.all(),
                    LookupCases.all(),
                    NameCases.all(),
                    PartitionCases.all(),
                    DependentCases.all(),
                    TypeCases.all(),
                    EnumCases.all(),
                    FoundCases.all(),
                    OrderCases.all(),
                    CombinedCases.all(),
                    ThingCases.all(),
                    LiveCases.all(),
                    RowsCases.all(),
                    ActingCases.all(),
                    SettingCases.all(),
                    MatviewCases.all())
            .flatMap(List::stream)
            .toList();

    static final List<RefusedCase> REFUSED = Stream.of(
                    PgrollCases.refused(),
                    ProjectCases.refused(),
                    EnumCases.refused(),
                    FoundCases.refused(),
                    OrderRefusals.all(),
                    LookupCases.refusals(),
                    CombinedCases.refused(),
                    ThingCases.refused(),
                    UntestedCases.refused(),
                    RowsCases.refused(),
                    ActingCases.refused(),
                    SettingCases.refused(),
                    ConstraintCases.refused(),
                    MatviewCases.refused())
            .flatMap(List::stream)
            .toList();

    private AllCases() {}
}
