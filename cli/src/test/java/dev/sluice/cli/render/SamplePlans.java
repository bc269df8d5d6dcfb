package dev.sluice.cli.render;

import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Plans made by hand: one of every kind of step. */
final class SamplePlans {
    private static final String FILE = "migrations/20260131120000_full_name.sql";
    private static final QualifiedName USERS = QualifiedName.of("public", "users");

    private SamplePlans() {}

    static Plan fullName() {
        return new Plan(
                new Plan.MigrationRef("20260131120000", "full_name", "c0ffee"),
                180004,
                "8f14e45fceea167a5a36dedd4bea2543",
                "public",
                List.of(preflight(), install(), backfill(), settle(), validate(), index()),
                List.of(swap(), dropIndex(), dedupe()),
                List.of(purge()),
                List.of(
                        note(
                                Note.Level.WARNING,
                                "an INSERT of the new version that names neither full_name nor first_name gets '' for"
                                        + " first_name",
                                2),
                        note(
                                Note.Level.LOSS,
                                "full_name 'Cher' comes back as first_name 'Cher', last_name ''; 12 of 1,000 sampled rows"
                                        + " differ",
                                3),
                        new Note(
                                Note.Level.INFO,
                                "transaction control (BEGIN) is left out: Sluice runs the script in transactions of its own",
                                Optional.of("transaction-control"),
                                new Source(FILE, 1, 1))));
    }

    static Plan onePhase() {
        return new Plan(
                new Plan.MigrationRef("20260201080000", "create_orders", "beef"),
                170005,
                "",
                "public",
                List.of(new Step.Brief(
                        info(
                                "plain",
                                "run the statement as written",
                                "nothing to protect: the table is new",
                                1,
                                -1,
                                -1),
                        Step.Purpose.PLAIN,
                        List.of(),
                        List.of("CREATE TABLE orders (\n    id bigint PRIMARY KEY\n)"))),
                List.of(),
                List.of(),
                List.of());
    }

    private static Step preflight() {
        return new Step.Check(
                info(
                        "check",
                        "make sure that full_name can be computed for every row",
                        "an error in the middle of the" + " backfill would leave the new version without its column",
                        3,
                        4_200_000,
                        1_288_490_188L),
                new Probe.Evaluates(USERS, List.of("concat(first_name, ' ', last_name)"), "true", List.of("id")),
                "the expression fails for some rows: mend them, or change the expression",
                true);
    }

    private static Step install() {
        StepInfo undo = info("undo", "drop users.full_name and its dual write", "", 2, -1, -1);
        return new Step.Brief(
                new StepInfo(
                        "install",
                        "add users.full_name and keep it in step with first_name and last_name",
                        "4,200,000 rows: filled in the background, so that no lock is held while they are written",
                        new Source(FILE, 2, 1),
                        List.of(new TableLock(USERS, LockMode.ACCESS_EXCLUSIVE)),
                        -1,
                        -1,
                        List.of(new Step.Brief(
                                undo,
                                Step.Purpose.DROP,
                                List.of(),
                                List.of("ALTER TABLE public.users DROP COLUMN IF EXISTS full_name")))),
                Step.Purpose.DUAL_WRITE,
                List.of(new Step.Guard("SELECT true", "somebody else added the column")),
                List.of("ALTER TABLE public.users ADD COLUMN full_name text", """
                        CREATE FUNCTION sluice.users_20260131120000() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            NEW.full_name := concat(NEW.first_name, ' ', NEW.last_name);
                            RETURN NEW;
                        END $$;
                        """));
    }

    private static Step backfill() {
        return new Step.Backfill(
                info(
                        "backfill",
                        "fill users.full_name",
                        "direct UPDATE in windows of pages: the least WAL",
                        3,
                        4_200_000,
                        1_288_490_188L),
                USERS,
                List.of(new Assignment("full_name", "concat(first_name, ' ', last_name)")),
                "full_name IS NULL",
                false,
                List.of("id"));
    }

    private static Step settle() {
        return new Step.Opaque(
                info("settle", "vacuum users", "not inside a transaction", 3, -1, -1),
                List.of("VACUUM public.users"),
                false,
                Optional.empty(),
                Optional.of("vacuum"));
    }

    private static Step validate() {
        StepInfo undo = info("undo2", "drop the check", "", 4, -1, -1);
        return new Step.Validate(
                new StepInfo(
                        "validate",
                        "prove that users.full_name is never NULL",
                        "VALIDATE reads the table without holding up writes; SET NOT NULL alone would read it under lock",
                        new Source(FILE, 4, 1),
                        List.of(new TableLock(USERS, LockMode.SHARE_UPDATE_EXCLUSIVE)),
                        4_200_000,
                        1_288_490_188L,
                        List.of(new Step.Brief(
                                undo,
                                Step.Purpose.DDL,
                                List.of(),
                                List.of("ALTER TABLE public.users DROP CONSTRAINT IF EXISTS sluice_nn")))),
                USERS,
                "sluice_nn",
                "ALTER TABLE public.users VALIDATE CONSTRAINT sluice_nn",
                Optional.empty());
    }

    private static Step index() {
        return new Step.BuildIndex(
                new StepInfo(
                        "index",
                        "build index users_full_name_idx",
                        "4,200,000 rows: CREATE INDEX alone would hold up writes while it builds",
                        new Source(FILE, 5, 1),
                        List.of(new TableLock(USERS, LockMode.SHARE_UPDATE_EXCLUSIVE)),
                        4_200_000,
                        1_288_490_188L,
                        List.of()),
                USERS,
                QualifiedName.of("public", "users_full_name_idx"),
                "CREATE INDEX CONCURRENTLY users_full_name_idx ON public.users (full_name)");
    }

    private static Step swap() {
        return new Step.Brief(
                new StepInfo(
                        "archive",
                        "archive users.first_name and users.last_name",
                        "the columns stay, without name, until purge: down can bring them back",
                        new Source(FILE, 6, 1),
                        List.of(new TableLock(USERS, LockMode.ACCESS_EXCLUSIVE)),
                        -1,
                        -1,
                        List.of()),
                Step.Purpose.ARCHIVE,
                List.of(),
                List.of("ALTER TABLE public.users RENAME COLUMN first_name TO sluice_first_name"));
    }

    private static Step dropIndex() {
        return new Step.DropIndex(
                info("dropindex", "drop index users_first_name_idx", "nothing uses it any more", 6, -1, -1),
                QualifiedName.of("public", "users_first_name_idx"),
                "DROP INDEX CONCURRENTLY IF EXISTS public.users_first_name_idx");
    }

    private static Step dedupe() {
        return new Step.BatchedDml(
                info("dml", "delete users without a name", "about 12,000 rows: batched", 7, 12_000, -1),
                USERS,
                Step.BatchedDml.Kind.DELETE,
                List.of(),
                "full_name = ''",
                List.of("id"),
                List.of("full_name", "Order"),
                QualifiedName.of("sluice_archive", "users_1"));
    }

    private static Step purge() {
        return new Step.Discard(
                info("purge", "drop the archived users.first_name", "", 6, -1, -1),
                USERS,
                Optional.of("sluice_first_name"),
                "false",
                List.of("ALTER TABLE public.users DROP COLUMN sluice_first_name"));
    }

    private static Note note(Note.Level level, String text, int line) {
        return new Note(level, text, Optional.empty(), new Source(FILE, line, 1));
    }

    private static StepInfo info(String id, String title, String reason, int line, long rows, long bytes) {
        return new StepInfo(id, title, reason, new Source(FILE, line, 1), List.of(), rows, bytes, List.of());
    }
}
