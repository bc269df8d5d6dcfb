package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.migration.Migration;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person tells {@code sluice repair}, because the evidence alone cannot: that a migration is applied, that it is not,
 * that an edit of its file makes no difference, how far a database without a journal has come. Pure.
 */
public final class Decision {

    private Decision() {}

    /** The migration is in the database, although Sluice did not bring it there. */
    public static Mend stamp(Evidence evidence, String version) {
        requireReadable(evidence, "--stamp");
        Migration file = evidence.files().stream()
                .filter(known -> known.version().equals(version))
                .findFirst()
                .orElseThrow(() -> usage("there is no migration file of version " + version, "sluice status"));
        Optional<Recorded> row = row(evidence, version);
        if (row.filter(r -> r.shape() != Shape.BEFORE && r.plan().isPresent()).isPresent()) {
            throw usage(
                    "version " + version + " is in the journal already: "
                            + row.get().state(),
                    "sluice status");
        }
        return new Mend(
                "record migration " + version + " " + file.name() + " as applied, without running it",
                List.of(),
                Recording.applied(file, evidence.serverVersion()),
                Mend.Manner.TRANSACTION);
    }

    /** Nothing of the migration is in the database, whatever the journal says. */
    public static Mend forget(Evidence evidence, String version) {
        requireReadable(evidence, "--forget");
        Recorded row = row(evidence, version)
                .orElseThrow(() -> usage("version " + version + " is not in the journal", "sluice status"));
        if (row.shape() == Shape.BOTH || row.shape() == Shape.GOING || row.shape() == Shape.COMING_BACK) {
            throw usage(
                    "version " + version + " is " + row.state() + ": parts of it are in the database",
                    "sluice down takes them back");
        }
        return Mend.journal(
                "forget that migration " + version + " " + row.name() + " was applied; sluice up runs it again",
                "UPDATE sluice.migration SET state = 'reverted', finished_at = clock_timestamp() WHERE version = "
                        + Identifier.literal(version));
    }

    /** The file's edit makes no difference: its checksum is the right one from now on. */
    public static Mend accept(Evidence evidence, String version) {
        requireReadable(evidence, "--accept");
        Recorded row = row(evidence, version)
                .orElseThrow(() -> usage("version " + version + " is not in the journal", "sluice status"));
        Migration file = evidence.files().stream()
                .filter(known -> known.version().equals(version))
                .findFirst()
                .orElseThrow(() -> usage("version " + version + " has no file", "restore it"));
        if (row.shape() != Shape.AFTER && row.shape() != Shape.FINAL) {
            throw usage(
                    "version " + version + " is " + row.state() + ": its plan was made from the file as it was",
                    "git checkout " + file.file() + ", finish it or take it back, then edit");
        }
        return Mend.journal(
                "take " + file.file() + " as it is for what ran as version " + version,
                "UPDATE sluice.migration SET up_checksum = " + Identifier.literal(file.checksum()) + ", up_sql = "
                        + Identifier.literal(file.up().sql()) + " WHERE version = " + Identifier.literal(version));
    }

    /**
     * Which migrations a database without a usable journal has, by what they make: the longest beginning of the files of
     * which everything is there.
     *
     * @param through the last one that is applied, when a person knows better
     * @throws SluiceException when the catalog contradicts every beginning, with what to do
     */
    public static Mend rebuild(Evidence evidence, PgParser parser, Optional<String> through) {
        if (evidence.journal().isReadable() && !evidence.recorded().isEmpty()) {
            throw usage("the journal is whole: there is nothing to rebuild", "sluice doctor");
        }
        if (!evidence.fileProblems().isEmpty() || evidence.files().isEmpty()) {
            throw usage(
                    "there are no valid migration files to rebuild from",
                    "correct them: sluice doctor lists what is wrong");
        }
        Case subject = Case.of(evidence, parser);
        List<Migration> files = evidence.files();
        int count = through.map(version -> indexOf(files, version) + 1).orElseGet(() -> applied(subject, files));
        List<String> statements = new ArrayList<>();
        files.subList(0, count).forEach(file -> statements.addAll(Recording.applied(file, evidence.serverVersion())));
        String last = count == 0
                ? "none of the migrations"
                : "migrations up to " + files.get(count - 1).file();
        statements.add("INSERT INTO sluice.event (epoch, actor, kind, message) SELECT epoch, 'sluice repair',"
                + " 'journal rebuilt', " + Identifier.literal(last + " recorded as applied") + " FROM sluice.lease");
        return new Mend(
                "record " + last + " as applied (" + count + " of " + files.size() + "), without running anything",
                List.of(),
                statements,
                Mend.Manner.TRANSACTION);
    }

    /** @throws SluiceException when one behind the beginning is there in part */
    private static int applied(Case subject, List<Migration> files) {
        Ledger ledger = new Ledger(subject.parser(), subject.evidence().creationSchema());
        int count = 0;
        for (int i = 0; i < files.size(); i++) {
            Migration file = files.get(i);
            ledger.run(file.version(), file.up().sql());
            boolean shows = ledger.made().entrySet().stream()
                            .anyMatch(made -> made.getValue().version().equals(file.version()))
                    || ledger.gone().containsValue(file.version());
            if (shows && fits(subject, ledger)) {
                count = i + 1;
            }
        }
        for (Migration file : files.subList(count, files.size())) {
            ScriptTrace trace = ScriptTrace.of(subject, file);
            boolean partly = !trace.present().isEmpty()
                    && trace.present().stream().noneMatch(thing -> isOfEarlier(subject, files, file, thing));
            if (partly) {
                throw new SluiceException(
                        ExitCode.FAILED_NEEDS_OPERATOR,
                        "the catalog does not tell how far this database has come: of " + file.file() + " there is "
                                + trace.present().stream().map(Thing::words).toList() + " and there is not "
                                + trace.absent().stream().map(Thing::words).toList()
                                + "\n  state: nothing was changed\n  next: finish this migration by hand or take it back by hand;"
                                + " or say what is applied: sluice repair --rebuild --through VERSION");
            }
        }
        return count;
    }

    private static boolean isOfEarlier(Case subject, List<Migration> files, Migration file, Thing thing) {
        Ledger before = new Ledger(subject.parser(), subject.evidence().creationSchema());
        files.subList(0, files.indexOf(file))
                .forEach(other -> before.run(other.version(), other.up().sql()));
        return before.made().containsKey(thing) || before.gone().containsKey(thing);
    }

    /** Everything made is there, and nothing that was dropped. */
    private static boolean fits(Case subject, Ledger ledger) {
        return ledger.made().keySet().stream()
                        .filter(Decision::counts)
                        .allMatch(thing -> subject.found(thing).isPresent())
                && ledger.gone().keySet().stream()
                        .filter(Decision::counts)
                        .noneMatch(thing -> subject.found(thing).isPresent());
    }

    private static boolean counts(Thing thing) {
        return thing.kind() == Thing.Kind.TABLE
                || thing.kind() == Thing.Kind.COLUMN
                || thing.kind() == Thing.Kind.INDEX;
    }

    private static int indexOf(List<Migration> files, String version) {
        int at = files.stream().map(Migration::version).toList().indexOf(version);
        if (at < 0) {
            throw usage("there is no migration file of version " + version, "sluice status");
        }
        return at;
    }

    private static Optional<Recorded> row(Evidence evidence, String version) {
        return evidence.recorded().stream()
                .filter(row -> row.version().equals(version))
                .findFirst();
    }

    private static void requireReadable(Evidence evidence, String option) {
        if (!evidence.journal().isReadable()) {
            throw usage(option + " needs a journal that is whole", "sluice doctor");
        }
    }

    private static SluiceException usage(String what, String next) {
        return new SluiceException(ExitCode.USAGE, what + "; nothing was changed\n  next: " + next);
    }
}
