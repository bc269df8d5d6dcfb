package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.db.ServerError;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plan promises to statements, and what it does not: rules that only the new version has hold after contract only;
 * rules that only the old version has may be gone from the first step on; the new version can write what the old one can
 * hold.
 *
 * @param pulledForward the script asks for restrictions before the deploy ({@code -- sluice:phase expand})
 * @param told which effects of a statement are announced to differ
 */
record Promise(Catalog start, Catalog plain, boolean pulledForward, ToldEffects told) {

    private static final Pattern NULL_VALUE =
            Pattern.compile("null value in column \"(.+)\" of relation \"(.+)\" violates.*");

    /** No index promises to take every value: a new one has a limit of its own. */
    private static final String TOO_LARGE_FOR_INDEX = "54000";

    /** ON CONFLICT beside a DEFERRABLE constraint, which one version has and the other has not. */
    private static final String NO_ARBITER = "55000";

    static Promise of(Catalog start, Catalog plain, Migration migration, Plan plan) {
        return new Promise(
                start, plain, migration.up().sql().contains("sluice:phase expand"), ToldEffects.of(start, plain, plan));
    }

    /** Which version sends the statement, and when. */
    enum Stage {
        OLD,
        NEW_BEFORE_END,
        END
    }

    /** How an outcome compares with that on the reference. */
    enum Judgement {
        RIGHT,
        /** Different, as announced; it counts for nothing. */
        NOT_PROMISED,
        WRONG
    }

    Judgement judge(Stage stage, VersionStatement statement, Outcome expected, Outcome actual) {
        if (expected.isSameAs(actual)) {
            return Judgement.RIGHT;
        }
        boolean excused = switch (stage) {
            case OLD -> isExcusedForOld(statement, expected, actual);
            case NEW_BEFORE_END -> !stays(stage, statement) || isExcusedForNew(statement, expected, actual);
            case END -> false;
        };
        return excused ? Judgement.NOT_PROMISED : Judgement.WRONG;
    }

    /** Whether it may take effect. */
    boolean stays(Stage stage, VersionStatement statement) {
        return told.stays(stage, statement);
    }

    private boolean isExcusedForOld(VersionStatement statement, Outcome expected, Outcome actual) {
        if (actual.is(TOO_LARGE_FOR_INDEX) && hasIndexThatIsNoneOf(plain, start, index -> true)
                || lacksArbiter(statement, expected, actual)) {
            return true;
        }
        if (!expected.isAccepted() && actual.isAccepted()) {
            return isRelaxed(expected.error().orElseThrow());
        }
        return pulledForward
                && !actual.isAccepted()
                && isAbout(actual.error().orElseThrow(), plain)
                && !isAbout(actual.error().orElseThrow(), start);
    }

    /** The rule that was broken does not bind the new version; or a trigger found what it did not find before (class 42). */
    private boolean isRelaxed(ServerError error) {
        return isOfClass(error, "23") ? !isAbout(error, plain) : isOfClass(error, "22") || isOfClass(error, "42");
    }

    private boolean isExcusedForNew(VersionStatement statement, Outcome expected, Outcome actual) {
        boolean targetComesLater = actual.is("42P10") || actual.is("42704");
        if (targetComesLater && namesConflict(statement) || lacksArbiter(statement, expected, actual)) {
            return true;
        }
        Predicate<Index> arbiter =
                index -> index.unique() && statement.mentions(index.table().name());
        boolean arbitersDiffer =
                hasIndexThatIsNoneOf(plain, start, arbiter) || hasIndexThatIsNoneOf(start, plain, arbiter);
        if (namesConflict(statement) && arbitersDiffer) {
            return true;
        }
        if (expected.isAccepted() && actual.isAccepted()) {
            return false;
        }
        if (expected.isAccepted()) {
            ServerError error = actual.error().orElseThrow();
            return isOfClass(error, "23") && isAbout(error, start) && !isSame(error) || isOfClass(error, "22");
        }
        ServerError error = expected.error().orElseThrow();
        if (actual.isAccepted()) {
            return isOfClass(error, "23")
                    ? !isAbout(error, start) || isAbout(error, plain) && !isSame(error)
                    : isOfClass(error, "22");
        }
        // a rule in the form of another, such as NOT NULL as a check for the time being
        return error.sqlState().substring(0, 2).equals(actual.sqlState().substring(0, 2));
    }

    /** The same state is that of a view that cannot be written to, say: the message tells them apart. */
    private static boolean lacksArbiter(VersionStatement statement, Outcome expected, Outcome actual) {
        return namesConflict(statement)
                && Stream.of(expected, actual)
                        .filter(outcome -> outcome.is(NO_ARBITER))
                        .flatMap(outcome -> outcome.error().stream())
                        .anyMatch(error -> error.message().contains("deferrable"));
    }

    private static boolean namesConflict(VersionStatement statement) {
        return statement.mentions("conflict");
    }

    /** One that comes only with contract, or goes only with it. */
    private static boolean hasIndexThatIsNoneOf(Catalog one, Catalog other, Predicate<Index> kind) {
        return one.tables().values().stream()
                .flatMap(table -> table.indexes().stream())
                .filter(kind)
                .anyMatch(index -> other.index(index.name())
                        .filter(same -> same.definition().equals(index.definition()))
                        .isEmpty());
    }

    private static boolean isOfClass(ServerError error, String sqlClass) {
        return error.sqlState().startsWith(sqlClass);
    }

    /** Whether the rule that was broken is one of both schemas, and not two of one name. */
    private boolean isSame(ServerError error) {
        return isAbout(error, plain)
                && error.constraint()
                        .map(name -> definitions(start, name).equals(definitions(plain, name)))
                        .orElse(true);
    }

    private static Set<String> definitions(Catalog catalog, String name) {
        return catalog.tables().values().stream()
                .flatMap(table -> Stream.concat(
                        table.constraint(name).map(Constraint::definition).stream(),
                        table.index(name).map(Index::definition).stream()))
                .collect(Collectors.toSet());
    }

    /** Whether that schema has the rule that was broken. */
    private static boolean isAbout(ServerError error, Catalog catalog) {
        Matcher nulls = NULL_VALUE.matcher(error.message());
        if (nulls.matches()) {
            return any(
                    catalog,
                    nulls.group(2),
                    table ->
                            table.column(nulls.group(1)).filter(Column::notNull).isPresent());
        }
        Optional<String> name = error.constraint();
        return name.isPresent()
                && any(
                        catalog,
                        error.table().orElse(""),
                        table -> table.constraint(name.get()).isPresent()
                                || table.index(name.get()).isPresent());
    }

    /** The error may name the table by its other name. */
    private static boolean any(Catalog catalog, String tableName, Predicate<Table> test) {
        boolean known =
                catalog.tables().keySet().stream().anyMatch(t -> t.name().equals(tableName));
        return catalog.tables().values().stream()
                .filter(table -> !known || table.name().name().equals(tableName))
                .anyMatch(test);
    }
}
