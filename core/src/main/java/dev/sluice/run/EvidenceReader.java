package dev.sluice.run;

import dev.sluice.backfill.Cursor;
import dev.sluice.db.Session;
import dev.sluice.doctor.Evidence;
import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.doctor.Evidence.StepRow;
import dev.sluice.migration.InvalidMigrationsException;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.Problem;
import dev.sluice.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads, in one snapshot, what the doctor judges; changes nothing. */
final class EvidenceReader {

    private final Session session;

    private EvidenceReader(Session session) {
        this.session = session;
    }

    static Evidence read(Session session, List<Migration> migrations, List<Problem> problems) {
        return session.inTransaction(() -> {
            session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return new EvidenceReader(session).read(migrations, problems);
        });
    }

    private Evidence read(List<Migration> migrations, List<Problem> given) {
        List<Problem> problems = new ArrayList<>(given);
        List<Migration> files = List.of();
        try {
            files = problems.isEmpty() ? MigrationGraph.of(migrations).order() : List.of();
        } catch (InvalidMigrationsException e) {
            problems.addAll(e.problems());
        }
        Evidence.Journal journal = JournalShape.read(session);
        boolean readable = journal.isReadable();
        Set<String> versions = new HashSet<>();
        files.forEach(file -> versions.add(file.version()));
        if (has("migration", journal)) {
            versions.addAll(session.query("SELECT version FROM sluice.migration", row -> row.text(1)));
        }
        if (has("event", journal)) {
            versions.addAll(session.query(
                    "SELECT DISTINCT version FROM sluice.event WHERE version IS NOT NULL", row -> row.text(1)));
        }
        List<Recorded> recorded = readable ? recorded() : List.of();
        boolean plans = recorded.stream().allMatch(row -> row.plan().isPresent());
        return new Evidence(
                journal,
                recorded,
                versions,
                files,
                problems,
                InventoryReader.read(session),
                readable ? lease() : new Evidence.Lease(1, Optional.empty(), true, Optional.empty()),
                readable ? cursors() : List.of(),
                readable && plans
                        ? KeptThings.list(session).stream().map(KeptThing::name).toList()
                        : List.of(),
                session.one(
                                "SELECT current_schema()::text",
                                row -> row.textIfAny(1).orElse("public"))
                        .orElse("public"),
                session.serverVersion());
    }

    private boolean has(String table, Evidence.Journal journal) {
        return journal.there()
                && session.isTrue("SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid ="
                        + " to_regclass('sluice." + table + "') AND attname = 'version' AND NOT attisdropped)");
    }

    private List<Recorded> recorded() {
        return JournalReader.migrations(session).stream().map(this::recorded).toList();
    }

    private Recorded recorded(JournalRecord row) {
        Optional<Plan> plan;
        try {
            plan = Optional.of(row.plan());
        } catch (RuntimeException e) {
            plan = Optional.empty(); // the finding plan-unreadable says so
        }
        Shape shape = switch (row.state()) {
            case PENDING, REVERTED -> Shape.BEFORE;
            case EXPANDING, CONTRACTING, PURGING -> Shape.GOING;
            case REVERTING -> Shape.COMING_BACK;
            case EXPANDED -> Shape.BOTH;
            case APPLIED -> Shape.AFTER;
            case PURGED -> Shape.FINAL;
        };
        return new Recorded(
                row.version(),
                row.name(),
                shape,
                row.state().text(),
                row.file(),
                row.upChecksum(),
                plan,
                JournalReader.steps(session, row.version()).stream()
                        .map(step -> new StepRow(
                                step.id(),
                                step.phase(),
                                step.state().name().toLowerCase(java.util.Locale.ROOT),
                                step.title()))
                        .toList(),
                row.lastError(),
                plan.isPresent() ? StatusReader.next(row) : Optional.empty());
    }

    private Evidence.Lease lease() {
        int rows = session.one("SELECT count(*) FROM sluice.lease", row -> row.integer(1))
                .orElse(0);
        Optional<Integer> locked = session.query("""
                        SELECT pid FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
                            AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                            AND (classid::bigint << 32) + objid::bigint = ?
                        """, row -> row.integer(1), JournalSchema.LOCK_KEY).stream()
                .findFirst();
        return session
                .query(
                        "SELECT holder, expires_at < clock_timestamp() FROM sluice.lease ORDER BY epoch DESC LIMIT 1",
                        row -> new Evidence.Lease(rows, row.textIfAny(1), row.bool(2), locked))
                .stream()
                .findFirst()
                .orElseGet(() -> new Evidence.Lease(rows, Optional.empty(), true, locked));
    }

    private List<Evidence.Backfill> cursors() {
        return session.query(
                "SELECT version, step, cursor FROM sluice.backfill",
                row -> new Evidence.Backfill(row.text(1), row.text(2), trouble(row.text(3))));
    }

    private Optional<String> trouble(String text) {
        Cursor cursor;
        try {
            cursor = Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            return Optional.of("what the journal has is no cursor");
        }
        if (cursor.relation() == 0 || cursor.stage() != Cursor.Stage.WALK) {
            return Optional.empty();
        }
        Optional<Long> filenode = session.one(
                        "SELECT pg_catalog.pg_relation_filenode(?::bigint::oid)",
                        row -> row.numberIfAny(1),
                        cursor.relation())
                .flatMap(node -> node);
        if (filenode.isEmpty()) {
            return Optional.of("the table that it walked is gone");
        }
        return filenode.get() == cursor.filenode()
                ? Optional.empty()
                : Optional.of("the table was rewritten since (VACUUM FULL, CLUSTER or the like)");
    }
}
