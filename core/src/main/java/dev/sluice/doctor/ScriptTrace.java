package dev.sluice.doctor;

import dev.sluice.doctor.Thing.Kind;
import dev.sluice.migration.Migration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What of the things that a script makes is in the catalog.
 *
 * @param present of what it makes, that which is there
 * @param absent of what it makes, that which is not there
 * @param gone what it drops
 */
record ScriptTrace(List<Thing> present, List<Thing> absent, Set<Thing> gone) {

    /** Names of others are not certain, and constraints may have been replaced. */
    private static final Set<Kind> LOOKED_AT = EnumSet.of(Kind.TABLE, Kind.COLUMN, Kind.INDEX);

    ScriptTrace {
        present = List.copyOf(present);
        absent = List.copyOf(absent);
        gone = Set.copyOf(gone);
    }

    static ScriptTrace of(Case subject, Migration file) {
        Ledger ledger = new Ledger(subject.parser(), subject.evidence().creationSchema());
        ledger.run(file.version(), file.up().sql());
        // what is there and made IF NOT EXISTS shows nothing
        List<Thing> made = ledger.made().entrySet().stream()
                .filter(entry -> !entry.getValue().unlessThere()
                        && LOOKED_AT.contains(entry.getKey().kind()))
                .map(entry -> entry.getKey())
                .sorted()
                .toList();
        return new ScriptTrace(
                made.stream().filter(thing -> subject.found(thing).isPresent()).toList(),
                made.stream().filter(thing -> subject.found(thing).isEmpty()).toList(),
                ledger.gone().keySet());
    }

    /** Without what earlier scripts, which come first, drop: it is there still, and shows nothing. */
    ScriptTrace without(Set<Thing> dropped) {
        return new ScriptTrace(
                present.stream().filter(thing -> !dropped.contains(thing)).toList(), absent, gone);
    }

    /** Whether it makes anything by which it can be known, and all of that is there. */
    boolean isApplied() {
        return !present.isEmpty() && absent.isEmpty();
    }
}
