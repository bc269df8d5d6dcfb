package dev.sluice.postgres.op;

import dev.sluice.plan.LockMode;
import dev.sluice.planner.Draft;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Definitions from before the migration, made again while renamed columns still have their new names: within the
 * transaction these have the old ones. What was made of them (a view, a function with a parsed body) follows when the names
 * change again.
 */
final class OldNames {

    private record Rename(QualifiedName table, String before, String after) {
        String sql(String from, String to) {
            return "ALTER TABLE " + table.quoted() + " RENAME COLUMN " + Identifier.quote(from) + " TO "
                    + Identifier.quote(to);
        }
    }

    private final List<Rename> renames = new ArrayList<>();

    /** @param statements in which the old names stand */
    OldNames(Draft draft, List<String> statements) {
        Set<String> names = Placement.names(String.join(";", statements));
        draft.catalog().tables().keySet().stream()
                .filter(table -> names.contains(table.name()))
                .flatMap(table -> draft.findTable(table).stream())
                .forEach(table -> table.renamed().stream()
                        .filter(rename -> names.contains(rename.before()))
                        .forEach(rename -> add(table, rename)));
    }

    private void add(TableDraft table, TableDraft.Renamed rename) {
        renames.add(new Rename(table.name(), rename.before(), rename.after()));
    }

    List<String> around(List<String> statements) {
        List<String> all = new ArrayList<>();
        renames.forEach(r -> all.add(r.sql(r.after, r.before)));
        all.addAll(statements);
        renames.forEach(r -> all.add(r.sql(r.before, r.after)));
        return all;
    }

    void lock(StepSpec spec) {
        renames.forEach(r -> spec.lock(r.table, LockMode.ACCESS_EXCLUSIVE));
    }
}
