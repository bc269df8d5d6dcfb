package dev.sluice.planner;

import dev.sluice.catalog.Routine;
import dev.sluice.plan.Note;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Functions of the user's that may change something when they are called (VOLATILE is what a function is that says nothing else). A plan
 * calls them in batches, for rows that applications write, and in checks.
 */
final class VolatileFunctions {

    private static final Set<String> CALLING = Set.of(
            "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CreateTableAsStmt", "AlterTableStmt", "IndexStmt");

    private VolatileFunctions() {}

    /** Says that they are called more or less often than in a plain run. */
    static void tell(Statement statement, Draft draft) {
        if (!CALLING.contains(statement.type())) {
            return;
        }
        String called = statement.node().all("FuncCall").stream()
                .map(call -> call.strings("funcname"))
                .flatMap(name -> draft.catalog().functions().stream().filter(f -> isMeant(name, f)))
                .filter(f -> f.volatility() == Routine.Volatility.VOLATILE)
                .map(Routine::signature)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!called.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    Change.of(statement).get(0).source(),
                    called
                            + " is VOLATILE, and may be called more or less often than in a plain run; what it changes stays when"
                            + " this is taken back (if it changes nothing, declare it STABLE or IMMUTABLE)");
        }
    }

    private static boolean isMeant(List<String> name, Routine routine) {
        return !name.isEmpty()
                && routine.name().name().equals(name.get(name.size() - 1))
                && (name.size() == 1 || routine.name().schema().equals(name.get(name.size() - 2)));
    }
}
