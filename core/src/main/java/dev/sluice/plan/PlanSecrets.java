package dev.sluice.plan;

import dev.sluice.sql.Secrets;

/**
 * A plan without the passwords that stand in its script: to be shown and kept. It cannot be run. Pure.
 */
public final class PlanSecrets {

    private PlanSecrets() {}

    /** The plan with {@link Secrets#MARK} in the place of each password; the same plan when there is none. */
    public static Plan hidden(Plan plan) {
        return Secrets.mayBeIn(PlanJson.write(plan)) ? PlanJson.mapped(plan, Secrets::hidden) : plan;
    }

    /** {@link PlanJson#write} without passwords. */
    public static String json(Plan plan) {
        String json = PlanJson.write(plan);
        return Secrets.mayBeIn(json) ? PlanJson.write(hidden(plan)) : json;
    }

    public static boolean hasAny(Plan plan) {
        return !hidden(plan).equals(plan);
    }
}
