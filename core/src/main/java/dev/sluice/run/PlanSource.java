package dev.sluice.run;

import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Where the runner gets its plans. Asked migration by migration, right before each runs, because the catalog changes in
 * between.
 */
public interface PlanSource {

    /**
     * Tells that plans of these will be asked for, in this order, unless the run ends before: a source may begin with what
     * does not depend on the database's state. Changes no answer.
     */
    default void expect(List<Migration> migrations) {}

    /**
     * Plans a migration for the database as it is now.
     *
     * @param session to the target, outside a transaction; only read from. The steps before may have set its {@code
     *     search_path}: plans are for that of the role.
     * @throws dev.sluice.SluiceException when the migration is refused: nothing has been changed
     */
    Plan plan(Migration migration, Session session);

    /**
     * Plans the author's down script as one plain transaction, for a migration that ran as written. The plan's expand
     * steps are what is run.
     *
     * @return empty when the migration has no down script
     */
    Optional<Plan> planDown(Migration migration, Session session);
}
