package dev.sluice.doctor;

import static java.util.Objects.requireNonNull;

import dev.sluice.doctor.Evidence.Found;
import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.migration.Migration;
import dev.sluice.migration.VersionOrder;
import dev.sluice.parser.PgParser;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The evidence, and what follows from it by reading the plans.
 *
 * @param ledger what the migrations of the journal have made and dropped, as far as they have come
 */
record Case(Evidence evidence, Ledger ledger, OwnNames names, PgParser parser) {

    Case {
        requireNonNull(evidence);
        requireNonNull(ledger);
        requireNonNull(names);
        requireNonNull(parser);
    }

    static Case of(Evidence evidence, PgParser parser) {
        return new Case(evidence, PlanReading.of(evidence, parser), new OwnNames(evidence.versionsSeen()), parser);
    }

    boolean isJournalReadable() {
        return evidence.journal().isReadable();
    }

    Optional<Found> found(Thing thing) {
        return Optional.ofNullable(evidence.there().get(thing));
    }

    /** Everything in the catalog that has a name of Sluice's, in a fixed order. */
    List<Map.Entry<Thing, Found>> ours() {
        return evidence.there().entrySet().stream()
                .filter(entry -> names.isOurs(entry.getKey()))
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .toList();
    }

    Optional<Recorded> recorded(String version) {
        VersionOrder order = new VersionOrder();
        return evidence.recorded().stream()
                .filter(row -> order.compare(row.version(), version) == 0)
                .findFirst();
    }

    Optional<Migration> file(String version) {
        VersionOrder order = new VersionOrder();
        return evidence.files().stream()
                .filter(file -> order.compare(file.version(), version) == 0)
                .findFirst();
    }
}
