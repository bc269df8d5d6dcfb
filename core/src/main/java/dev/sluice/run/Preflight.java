package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks before the first step that the role may do what the plan needs, and says all that is missing at once. */
final class Preflight {

    private Preflight() {}

    static void check(Session session, Plan plan) {
        List<Step> steps = Stream.of(plan.expand(), plan.contract(), plan.purge())
                .flatMap(List::stream)
                .toList();
        List<String> missing = new ArrayList<>();
        List<String> tables = steps.stream()
                .flatMap(step -> step.info().locks().stream())
                .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
                .map(lock -> lock.table().quoted())
                .distinct()
                .toList();
        missing.addAll(session.query("""
                SELECT 'be owner of ' || c.oid::regclass || ' (owned by ' || pg_get_userbyid(c.relowner) || '): GRANT '
                    || quote_ident(pg_get_userbyid(c.relowner)) || ' TO ' || quote_ident(current_user)
                FROM unnest(?::text[]) AS t (name) JOIN pg_class c ON c.oid = to_regclass(t.name)
                WHERE NOT pg_has_role(current_user, c.relowner, 'USAGE') ORDER BY 1
                """, row -> row.text(1), tables));
        boolean suppresses = steps.stream()
                .anyMatch(step -> step instanceof Step.Backfill backfill && backfill.suppressUserTriggers());
        if (suppresses && !maySuppressTriggers(session)) {
            missing.add(
                    "set session_replication_role, so that a backfill does not fire the tables' own triggers: GRANT SET"
                            + " ON PARAMETER session_replication_role TO <role> (PostgreSQL 15 and later; superusers before)");
        }
        if (!missing.isEmpty()) {
            throw new SluiceException(
                    ExitCode.ERROR,
                    "migration " + plan.migration().version()
                            + " cannot run as this role; nothing was changed. It must\n  - "
                            + String.join("\n  - ", missing) + "\n  next: sluice up");
        }
    }

    private static boolean maySuppressTriggers(Session session) {
        return session.isTrue("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                || session.serverVersion() >= 150000
                        && session.isTrue("SELECT has_parameter_privilege('session_replication_role', 'SET')");
    }
}
