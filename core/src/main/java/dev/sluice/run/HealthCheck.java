package dev.sluice.run;

import dev.sluice.Settings;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.doctor.Evidence;
import dev.sluice.doctor.Examination;
import dev.sluice.doctor.Finding;
import dev.sluice.doctor.Mend;
import dev.sluice.doctor.Proposal;
import dev.sluice.doctor.RepairRequest;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Problem;
import dev.sluice.parser.PgParser;
import java.util.ArrayList;
import java.util.List;

/** Carries out the commands of {@link dev.sluice.Doctor}, which documents them. */
public final class HealthCheck {

    /** Where what is left of a journal goes that cannot be mended: nothing that may still tell something is thrown away. */
    private static final String DAMAGED = "sluice_damaged";

    private final ConnectionSource connections;
    private final List<Migration> migrations;
    private final List<Problem> problems;
    private final Settings settings;
    private final RunListener listener;
    private final PgParser parser;

    public HealthCheck(
            ConnectionSource connections,
            List<Migration> migrations,
            List<Problem> problems,
            Settings settings,
            RunListener listener,
            PgParser parser) {
        this.connections = connections;
        this.migrations = migrations;
        this.problems = problems;
        this.settings = settings;
        this.listener = listener;
        this.parser = parser;
    }

    public List<Finding> examine() {
        try (Session session = Session.open(connections, "doctor")) {
            return Examination.findings(evidence(session), parser);
        }
    }

    public List<Mend> propose(RepairRequest request) {
        try (Session session = Session.open(connections, "doctor")) {
            return Proposal.of(request, evidence(session), parser);
        }
    }

    public List<Mend> repair(RepairRequest request, List<Mend> proposed) {
        List<Mend> done = new ArrayList<>(mendJournal(request, proposed));
        List<Mend> rest = new ArrayList<>(proposed);
        rest.removeAll(done);
        if (rest.isEmpty()) {
            return done;
        }
        return CommandRun.with(connections, settings, listener, new Cancellation(), scope -> {
            List<Mend> still = request.rebuild()
                    ? rest // made of the files and of a catalog that recording does not change
                    : Proposal.of(request, evidence(scope.worker().session()), parser);
            for (Mend mend : rest) {
                if (still.contains(mend)) {
                    run(scope, mend);
                    done.add(mend);
                } else {
                    scope.notice(
                            RunEvent.Notice.Level.WARNING,
                            "left, because the database has changed meanwhile: " + mend.title());
                }
            }
            return done;
        });
    }

    /** Before anybody can be the runner, there has to be a journal to write that into. */
    private List<Mend> mendJournal(RepairRequest request, List<Mend> proposed) {
        try (Session session = Session.open(connections, "doctor")) {
            List<Mend> first = proposed.stream()
                    .filter(mend -> mend.manner() == Mend.Manner.BEFORE_LEASE)
                    .toList();
            if (first.isEmpty() && !request.rebuild()) {
                return List.of();
            }
            List<Mend> still = request.rebuild() ? List.of() : Proposal.of(request, evidence(session), parser);
            return session.inTransaction(() -> {
                session.execute("SET LOCAL lock_timeout = '5s'");
                session.execute("SELECT pg_advisory_xact_lock(" + (JournalSchema.LOCK_KEY + 1) + ")");
                Evidence.Journal journal = JournalShape.read(session);
                if (request.rebuild() && journal.there() && !journal.damage().isEmpty()) {
                    putAside(session);
                }
                List<Mend> done = first.stream().filter(still::contains).toList();
                done.forEach(mend -> mend.statements().forEach(session::execute));
                return done;
            });
        }
    }

    private static void putAside(Session session) {
        String schema = session.one(
                        "SELECT ? || '_' || (SELECT count(*) + 1 FROM pg_catalog.pg_namespace WHERE nspname LIKE ? || '%')",
                        row -> row.text(1), DAMAGED, DAMAGED)
                .orElseThrow();
        session.execute("CREATE SCHEMA " + schema);
        for (String table : JournalShape.definitions().keySet()) {
            session.execute("ALTER TABLE IF EXISTS sluice." + table + " SET SCHEMA " + schema);
        }
    }

    private static void run(Scope scope, Mend mend) {
        Session session = scope.worker().session();
        Journal.Event event =
                Journal.Event.of("repaired").saying(mend.title()).running(String.join(";\n", mend.statements()));
        if (mend.manner() == Mend.Manner.ONE_BY_ONE) {
            mend.statements().forEach(session::execute);
            scope.record((journal, writing) -> {
                journal.fence(writing);
                journal.event(writing, event);
            });
            return;
        }
        scope.locks("repair", mend.title())
                .run(session, mend.locks(), scope.worker().settings(""), timing -> {
                    scope.journal().fence(session);
                    mend.statements().forEach(session::execute);
                    scope.journal().event(session, event);
                    return mend;
                });
    }

    private Evidence evidence(Session session) {
        return EvidenceReader.read(session, migrations, problems);
    }
}
