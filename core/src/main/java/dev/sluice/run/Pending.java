package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.migration.AppliedMigration;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationStanding;
import dev.sluice.run.MigrationState.Move;
import java.util.List;

/** What {@code up} has to do, by the files and the journal. */
record Pending(MigrationGraph graph) {

    Pending {
        requireNonNull(graph);
    }

    /** By a look that takes no lease; false whenever anything is in doubt, for the run itself to find out. */
    boolean isCertainlyNothing(ConnectionSource connections, UpOptions options) {
        try (Session session = Session.open(connections, "status")) {
            return JournalReader.atRest(session)
                    .filter(records -> records.stream().noneMatch(r -> r.state() == MigrationState.EXPANDING))
                    .filter(records -> selected(standing(records, options).pending(), options)
                            .isEmpty())
                    .isPresent();
        } catch (SluiceException e) {
            return false;
        }
    }

    /** What is half contracted or half taken back has to be finished by its own command before anything goes up. */
    MigrationStanding standing(List<JournalRecord> records, UpOptions options) {
        records.stream()
                .filter(record ->
                        record.state() == MigrationState.CONTRACTING || record.state() == MigrationState.REVERTING)
                .forEach(record -> record.state().begin(Move.UP, record.version()));
        List<AppliedMigration> applied = records.stream()
                .flatMap(record -> Lifecycle.applied(record).stream())
                .toList();
        return graph.compare(applied, options.outOfOrder());
    }

    static List<Migration> selected(List<Migration> pending, UpOptions options) {
        List<Migration> selected = pending;
        if (options.target().isPresent()) {
            String target = options.target().get();
            int last = pending.stream().map(Migration::version).toList().indexOf(target);
            if (last < 0) {
                throw new SluiceException(
                        ExitCode.USAGE,
                        "version " + target + " is not pending: it is applied already, or there is no such migration"
                                + "\n  next: sluice status");
            }
            selected = selected.subList(0, last + 1);
        }
        int count = options.count().orElse(selected.size());
        return selected.subList(0, Math.min(count, selected.size()));
    }
}
