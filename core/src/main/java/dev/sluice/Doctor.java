package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import dev.sluice.doctor.Examination;
import dev.sluice.doctor.Finding;
import dev.sluice.doctor.Mend;
import dev.sluice.doctor.RepairRequest;
import dev.sluice.migration.Migration;
import dev.sluice.migration.Problem;
import dev.sluice.parser.PgParser;
import dev.sluice.run.HealthCheck;
import dev.sluice.run.RunListener;
import java.util.List;

/**
 * Finds what is wrong between the journal, the catalog and the files of one database, and mends it. Examining reads only,
 * and works while a runner is at work and where there is no journal. One call at a time.
 */
public final class Doctor implements AutoCloseable {

    private final PgParser parser = new PgParser();
    private final HealthCheck check;

    /**
     * @param migrations all of the project; empty when the files could not be read
     * @param problems what was wrong with them; findings, not errors
     */
    public Doctor(
            ConnectionSource connections,
            List<Migration> migrations,
            List<Problem> problems,
            Settings settings,
            RunListener listener) {
        this.check = new HealthCheck(
                requireNonNull(connections),
                List.copyOf(migrations),
                List.copyOf(problems),
                settings,
                listener,
                parser);
    }

    /** Reads only. Empty when nothing is wrong. */
    public List<Finding> examine() {
        return check.examine();
    }

    /** What {@link Examination} looks for. */
    public static List<String> checks() {
        return Examination.checks();
    }

    /**
     * What {@link #repair} would do; reads only.
     *
     * @throws SluiceException when the request does not fit what is there
     */
    public List<Mend> propose(RepairRequest request) {
        return check.propose(request);
    }

    /**
     * Does what was proposed, as the one runner of the database, each in a transaction with its row in the journal. What the
     * evidence would not propose any more is left.
     *
     * @return what was done
     */
    public List<Mend> repair(RepairRequest request, List<Mend> proposed) {
        return check.repair(request, proposed);
    }

    @Override
    public void close() {
        parser.close();
    }
}
