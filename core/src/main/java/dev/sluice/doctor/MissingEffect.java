package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.doctor.Thing.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an applied migration made is not there: restored from an older backup, or dropped by hand. */
final class MissingEffect implements Check {

    @Override
    public String id() {
        return "effect-missing";
    }

    private static final Set<Kind> LOOKED_AT = EnumSet.of(Kind.TABLE, Kind.COLUMN);

    @Override
    public List<Finding> find(Case subject) {
        Map<String, List<Thing>> missing = new TreeMap<>();
        subject.ledger().made().forEach((thing, entry) -> {
            boolean gone = LOOKED_AT.contains(thing.kind())
                    && subject.found(thing).isEmpty()
                    && !subject.names().isOurs(thing)
                    && !OwnNames.isArchived(thing)
                    && subject.recorded(entry.version())
                            .filter(row -> row.shape() == Shape.AFTER || row.shape() == Shape.FINAL)
                            .isPresent();
            if (gone) {
                missing.computeIfAbsent(entry.version(), v -> new ArrayList<>()).add(thing);
            }
        });
        List<Finding> findings = new ArrayList<>();
        missing.forEach((version, things) -> findings.add(finding(subject, version, things)));
        return findings;
    }

    private Finding finding(Case subject, String version, List<Thing> things) {
        String words = things.stream().sorted().map(Thing::words).collect(Collectors.joining(", "));
        return Finding.of(
                this,
                ExitCode.DRIFT,
                subject.recorded(version).map(row -> row.words()).orElse(version),
                "the journal says that it is applied, and what it made is not there: " + words,
                "the tables were restored from an older backup than the journal, or somebody dropped these by hand; later"
                        + " migrations that need them fail",
                "restore them from a backup; or, when the database is to be as before this migration, " + Finding.REPAIR
                        + " --forget " + version + " and sluice up, which runs it again");
    }
}
