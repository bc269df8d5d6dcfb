package dev.sluice.run;

import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.VersionOrder;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a {@link Status} of the journal and the files; reads only. */
final class StatusReader {

    private StatusReader() {}

    static Status read(Session session, MigrationGraph graph) {
        boolean journalled = JournalSchema.exists(session);
        List<JournalRecord> records = journalled ? JournalReader.migrations(session) : List.of();
        VersionOrder order = new VersionOrder();
        List<Status.Entry> entries = new ArrayList<>();
        Set<String> matched = new HashSet<>();
        for (Migration migration : graph.order()) {
            Optional<JournalRecord> record = records.stream()
                    .filter(known -> order.compare(known.version(), migration.version()) == 0)
                    .findFirst();
            record.ifPresent(known -> matched.add(known.version()));
            entries.add(record.map(known -> entry(session, known, Optional.of(migration)))
                    .orElseGet(() -> pending(migration)));
        }
        records.stream()
                .filter(record -> !matched.contains(record.version()) && record.state() != MigrationState.REVERTED)
                .forEach(record -> entries.add(entry(session, record, Optional.empty())));
        return new Status(journalled, entries, journalled ? JournalReader.runner(session) : Optional.empty());
    }

    private static Status.Entry pending(Migration migration) {
        return new Status.Entry(
                migration.version(),
                migration.name(),
                MigrationState.PENDING,
                Optional.of(migration.file()),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("sluice up"));
    }

    private static Status.Entry entry(Session session, JournalRecord record, Optional<Migration> migration) {
        boolean changed = migration
                .filter(file -> !record.state().isPending())
                .filter(file -> !file.checksum().equals(record.upChecksum()))
                .isPresent();
        boolean repeat = changed
                && migration
                        .filter(file -> file.kind() == MigrationKind.REPEATABLE)
                        .isPresent();
        return new Status.Entry(
                record.version(),
                record.name(),
                repeat ? MigrationState.PENDING : record.state(),
                migration.map(Migration::file),
                changed,
                Optional.of(record.startedAt()),
                record.finishedAt(),
                record.state().isUnfinished() ? step(session, record) : Optional.empty(),
                record.lastError(),
                repeat ? Optional.of("sluice up") : next(record));
    }

    static Optional<String> next(JournalRecord record) {
        return switch (record.state()) {
            case PENDING, REVERTED, EXPANDING -> Optional.of("sluice up");
            case EXPANDED, CONTRACTING -> Optional.of("sluice contract");
            case PURGING -> Optional.of("sluice purge");
            case REVERTING -> Optional.of("sluice down");
            case APPLIED -> record.plan().purge().isEmpty() ? Optional.empty() : Optional.of("sluice purge");
            case PURGED -> Optional.empty();
        };
    }

    /** The step that runs or failed: the first of its phase that is not done. */
    private static Optional<Status.StepEntry> step(Session session, JournalRecord record) {
        Map<String, JournalStep.State> states = JournalReader.steps(session, record.version()).stream()
                .collect(Collectors.toMap(JournalStep::id, JournalStep::state));
        Plan plan = record.plan();
        List<Step> steps = switch (record.state()) {
            case EXPANDING -> plan.steps(Phase.EXPAND);
            case CONTRACTING -> plan.steps(Phase.CONTRACT);
            case PURGING -> plan.steps(Phase.PURGE);
            case PENDING, EXPANDED, APPLIED, PURGED, REVERTING, REVERTED -> List.of();
        };
        for (int i = 0; i < steps.size(); i++) {
            JournalStep.State state = states.get(steps.get(i).id());
            if (state != JournalStep.State.DONE) {
                String text = state == null ? "pending" : state.name().toLowerCase(java.util.Locale.ROOT);
                Step step = steps.get(i);
                return Optional.of(new Status.StepEntry(step.id(), step.info().title(), text, i + 1, steps.size()));
            }
        }
        return Optional.empty();
    }
}
