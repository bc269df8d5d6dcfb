package dev.sluice.run;

import dev.sluice.plan.Plan;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/**
 * What the role must be allowed to do for the steps of a plan, read from their SQL: PostgreSQL's rules are those of the
 * manual's pages of the commands, and chapter "Privileges". What is not understood is left to the server, and so is what
 * follows a statement after which the role may have other rights. Pure.
 *
 * @param owned tables that are altered, indexed or validated: only an owner may; without a schema when the SQL names none
 * @param whole tables of which every row must be seen, whatever their policies
 * @param looked tables that new foreign keys point at, and in which rows without a match are looked for first
 * @param referenced tables that new foreign keys of the script as written point at
 * @param empty tables that are looked into, whether they are still empty, before the script runs as written
 * @param created schemas in which something is made; empty for the first of the search path
 * @param archive whether tables go into the archive's schema
 */
record NeededRights(
        Set<QualifiedName> owned,
        Set<QualifiedName> whole,
        Set<QualifiedName> looked,
        Set<QualifiedName> referenced,
        Set<QualifiedName> empty,
        Set<String> created,
        boolean archive) {

    NeededRights {
        owned = Set.copyOf(owned);
        whole = Set.copyOf(whole);
        looked = Set.copyOf(looked);
        referenced = Set.copyOf(referenced);
        empty = Set.copyOf(empty);
        created = Set.copyOf(created);
    }

    static NeededRights of(Plan plan) {
        RightsReading reading = new RightsReading();
        plan.expand().forEach(reading::step);
        plan.contract().forEach(reading::step);
        plan.purge().forEach(reading::step);
        return reading.found();
    }
}
