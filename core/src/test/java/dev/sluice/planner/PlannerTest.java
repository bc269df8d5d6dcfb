package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TableStats;
import dev.sluice.catalog.TypeRef;
import dev.sluice.migration.Directive;
import dev.sluice.migration.DirectiveName;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    private static final Planning PLANNING = new Planning();

    private static final String FULL_NAME = """
        ALTER TABLE users ADD COLUMN full_name text;
        UPDATE users SET full_name = concat(first_name, ' ', last_name);
        ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
        ALTER TABLE users DROP COLUMN first_name, DROP COLUMN last_name;
        """;

    private static final String FULL_NAME_DOWN =
            "UPDATE users SET first_name = split_part(full_name, ' ', 1), last_name = split_part(full_name, ' ', 2);";

    @AfterAll
    static void close() {
        PLANNING.close();
    }

    private static List<String> kinds(List<Step> steps) {
        return steps.stream().map(s -> s.getClass().getSimpleName()).toList();
    }

    @Test
    void aColumnFilledFromOthersIsWrittenByBothVersionsUntilContract() {
        Plan plan = PLANNING.plan(FULL_NAME, FULL_NAME_DOWN, Planning.users(1_000_000));

        Step.Brief install = (Step.Brief) plan.expand().get(0);
        assertThat(install.purpose()).isEqualTo(Step.Purpose.DUAL_WRITE);
        assertThat(install.statements().get(0)).isEqualTo("ALTER TABLE public.users ADD COLUMN full_name text");
        Step.Backfill backfill = (Step.Backfill) plan.expand().get(1);
        assertThat(backfill.pending()).isEqualTo("full_name IS NULL");
        assertThat(backfill.keyColumns()).containsExactly("id");
        Step.Brief swap = (Step.Brief) plan.contract().get(plan.contract().size() - 1);
        assertThat(swap.statements())
                .contains("ALTER TABLE public.users RENAME COLUMN first_name TO sluice_archived_1_first_name");
        assertThat(swap.info().undo()).isNotEmpty();
        assertThat(plan.purge()).hasSize(2);
    }

    @Test
    void aNewTableStandsBeforeOneOfTheSameNameFurtherBackInTheSearchPath() {
        Catalog there = Planning.users(0);
        Catalog catalog = new Catalog(
                there.serverVersion(),
                there.database(),
                there.currentUser(),
                List.of("mine", "public"),
                there.tables(),
                there.views(),
                there.sequences(),
                there.types(),
                there.functions(),
                there.schemas(),
                there.extensions(),
                there.publications(),
                there.statistics(),
                there.eventTriggers(),
                there.defaultPrivileges(),
                there.others(),
                there.dependencies());

        Plan plan = PLANNING.plan("CREATE TABLE users (id int); CREATE INDEX ON users (id);", "", catalog);
        Plan older = PLANNING.plan("CREATE INDEX ON users (id);", "", catalog);

        assertThat(plan.expand()).allMatch(step -> step.info().locks().isEmpty());
        assertThat(older.expand()).flatExtracting(step -> step.info().locks()).isNotEmpty();
    }

    @Test
    void whatIsAllowedLocksTheTablesThatItsAuthorNames() {
        Step.Opaque silent = (Step.Opaque) allowed(List.of()).expand().get(0);
        Step.Opaque told = (Step.Opaque) allowed(List.of(directive(DirectiveName.LOCKS, "users")))
                .expand()
                .get(0);

        assertThat(silent.locksUnknown()).isTrue();
        assertThat(told.locksUnknown()).isFalse();
        assertThat(told.info().locks()).containsExactly(new TableLock(Planning.USERS, LockMode.ACCESS_EXCLUSIVE));
        assertThat(PlanJson.read(PlanJson.write(allowed(List.of()))).expand()).containsExactly(silent);
        assertThatThrownBy(() -> allowed(List.of(directive(DirectiveName.LOCKS, "public.usres"))))
                .isInstanceOfSatisfying(
                        PlanRefusedException.class,
                        refused -> assertThat(refused.refusals())
                                .extracting(Refusal::hazard)
                                .containsExactly("missing-relation"));
    }

    @Test
    void locksThatNobodyAsksForAreRefused() {
        Directive locks =
                new Directive(DirectiveName.LOCKS, "users", Optional.empty(), Optional.empty(), 0, OptionalInt.of(0));

        assertThatThrownBy(() -> PLANNING.plan(
                        "ALTER TABLE users ADD COLUMN nick text;", "", Planning.users(1_000_000), List.of(locks)))
                .isInstanceOfSatisfying(
                        PlanRefusedException.class,
                        refused -> assertThat(refused.refusals())
                                .extracting(Refusal::hazard)
                                .containsExactly("locks-of-known-statement"));
    }

    private static Plan allowed(List<Directive> more) {
        List<Directive> directives = new ArrayList<>(more);
        directives.add(directive(DirectiveName.ALLOW, "opaque-sql"));
        return PLANNING.plan(
                "DO $$ BEGIN ALTER TABLE users ADD nick text; END $$;", "", Planning.users(1_000_000), directives);
    }

    private static Directive directive(DirectiveName name, String argument) {
        return new Directive(name, argument, Optional.of("a test"), Optional.empty(), 0, OptionalInt.empty());
    }

    @Test
    void notNullWaitsForContractWhenAnOldWriteCouldLeaveNull() {
        String script = """
            ALTER TABLE users ADD COLUMN mail text;
            UPDATE users SET mail = lower(email);
            ALTER TABLE users ALTER COLUMN mail SET NOT NULL;
            """;

        Plan plan = PLANNING.plan(script);

        assertThat(kinds(plan.expand())).doesNotContain("Validate");
        assertThat(kinds(plan.contract())).contains("Validate");
    }

    @Test
    void aRenameKeepsTheOriginalColumnAndDropsTheCopy() {
        Plan plan = PLANNING.plan("ALTER TABLE users RENAME COLUMN email TO email_address");

        Step.Brief swap = (Step.Brief) plan.contract().get(plan.contract().size() - 1);
        assertThat(swap.statements())
                .containsSubsequence(
                        "ALTER TABLE public.users DROP COLUMN email_address",
                        "ALTER TABLE public.users RENAME COLUMN email TO email_address");
        assertThat(plan.purge()).isEmpty();
    }

    @Test
    void aLossIsToldWhenTheDownScriptDoesNotTranslateBack() {
        Plan plan = PLANNING.plan(FULL_NAME);

        assertThat(plan.notes()).anyMatch(note -> note.level() == Note.Level.LOSS);
    }

    @Test
    void whatNobodyUsesRunsAsWrittenInOneTransaction() {
        Plan plan = PLANNING.plan(FULL_NAME, "", Planning.users(0));

        assertThat(plan.expand()).hasSize(1);
        assertThat(((Step.Brief) plan.expand().get(0)).purpose()).isEqualTo(Step.Purpose.PLAIN);
        assertThat(plan.contract()).isEmpty();
    }

    @Test
    void whatIsOnlyNewRunsAsWrittenAndCanBeTakenBack() {
        String up = "CREATE TABLE notes (id int PRIMARY KEY); CREATE VIEW known AS SELECT id FROM notes;"
                + " INSERT INTO notes VALUES (1);";
        for (long rows : List.of(0L, 1_000_000L)) {
            Plan plan = PLANNING.plan(up, "", Planning.users(rows));

            assertThat(plan.expand()).hasSize(1);
            Step.Brief step = (Step.Brief) plan.expand().get(0);
            assertThat(step.purpose()).isEqualTo(Step.Purpose.PLAIN);
            assertThat(step.info().undo())
                    .extracting(undo -> undo.info().title())
                    .containsExactly(
                            "take back: create view known",
                            "move the new table notes into the archive",
                            "drop it, unless it holds rows");
            assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
        }
    }

    @Test
    void anAuthorsDownScriptTakesBackWhatRanAsWritten() {
        Plan plan = PLANNING.plan("CREATE TABLE notes (id int);", "DROP TABLE notes;", Planning.users(1_000_000));

        assertThat(plan.expand())
                .singleElement()
                .satisfies(step -> assertThat(step.info().undo()).isEmpty());
    }

    @Test
    void whatAddsToAnEmptyTableCanBeTakenBackAndWhatTakesAwayRunsAsWritten() {
        Table used = Table.plain(
                        QualifiedName.of("public", "used"),
                        List.of(Column.plain("id", 1, TypeRef.builtin("bigint", "int8"), true)))
                .withStats(TableStats.ofRows(1_000));
        Table users = Planning.users(0).table(Planning.USERS).orElseThrow();
        Catalog catalog = Catalog.ofTables(150000, List.of(users, used));

        Plan adds = PLANNING.plan("ALTER TABLE users ADD COLUMN size int;", "", catalog);
        Plan takes = PLANNING.plan("ALTER TABLE users DROP COLUMN age;", "", catalog);
        Plan fresh = PLANNING.plan("ALTER TABLE users ADD COLUMN size int;", "", Planning.users(0));

        assertThat(adds.expand())
                .isNotEmpty()
                .allMatch(step -> !step.info().undo().isEmpty());
        assertThat(takes.expand())
                .singleElement()
                .satisfies(step -> assertThat(step.info().undo()).isEmpty());
        assertThat(takes.contract()).isEmpty();
        assertThat(fresh.expand())
                .as("a database that nobody uses")
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.Brief.class, step -> assertThat(step.purpose()).isEqualTo(Step.Purpose.PLAIN));
    }

    @Test
    void aNewTableBesideOnesInUseRunsAsWritten() {
        Plan plan = PLANNING.plan(
                "CREATE TABLE notes (id int PRIMARY KEY); ALTER TABLE notes ADD COLUMN text text NOT NULL;");

        assertThat(plan.contract()).isEmpty();
        assertThat(plan.expand()).hasSize(1);
        assertThat(((Step.Brief) plan.expand().get(0)).purpose()).isEqualTo(Step.Purpose.PLAIN);
    }

    @Test
    void aForeignKeyOfANewTableNeedsNoScan() {
        Plan plan = PLANNING.plan("""
            CREATE TABLE notes (id int PRIMARY KEY, user_id bigint);
            ALTER TABLE notes ADD CONSTRAINT notes_user FOREIGN KEY (user_id) REFERENCES users (id);
            CREATE INDEX ON notes (user_id);
            ALTER TABLE users ADD COLUMN notes int;
            """);

        assertThat(plan.contract()).isEmpty();
        assertThat(kinds(plan.expand())).containsOnly("Brief");
        assertThat(plan.expand())
                .allMatch(step -> !step.info().undo().isEmpty() || ((Step.Brief) step).purpose() == Step.Purpose.PLAIN);
    }

    @Test
    void aWideningOfAKeyGoesByASecondColumnThatTakesItsPlace() {
        Plan plan = PLANNING.plan("ALTER TABLE users ALTER COLUMN age TYPE bigint");

        Step.Brief swap = (Step.Brief) plan.contract().get(plan.contract().size() - 1);
        assertThat(swap.statements()).contains("ALTER TABLE public.users RENAME COLUMN age TO sluice_archived_1_age");
        assertThat(swap.info().locks()).allMatch(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE users ADD COLUMN x int NOT NULL | add-column-not-null-no-default",
                "ALTER TABLE users ALTER COLUMN email TYPE integer USING email::integer | same-name-cutover",
                "ALTER TABLE users DROP COLUMN nope | missing-column",
                "ALTER TABLE nobody ADD COLUMN x int | missing-relation",
                "ALTER TABLE users RENAME COLUMN email TO age | duplicate-column",
                "ALTER TABLE users DROP COLUMN age, ADD COLUMN age text | same-name-cutover",
                "ALTER TABLE users ADD COLUMN x int; ALTER TABLE users ALTER COLUMN x SET NOT NULL | set-not-null-data-dependent",
            })
    void whatCannotBeDoneSafelyIsRefusedWithItsHazard(String script, String hazard) {
        assertThatThrownBy(() -> PLANNING.plan(script)).isInstanceOfSatisfying(PlanRefusedException.class, refused -> {
            boolean mistake = hazard.startsWith("missing-");
            assertThat(refused.exitCode()).isEqualTo(mistake ? ExitCode.VALIDATION : ExitCode.HAZARD_BLOCKED);
            assertThat(refused.refusals()).extracting(Refusal::hazard).containsExactly(hazard);
            assertThat(refused.refusals().get(0).source().line()).isEqualTo(1);
        });
    }

    @Test
    void allRefusalsOfAScriptAreToldAtOnce() {
        assertThatThrownBy(() -> PLANNING.plan("ALTER TABLE users DROP COLUMN a, DROP COLUMN b; TRUNCATE users;"))
                .isInstanceOfSatisfying(
                        PlanRefusedException.class,
                        refused -> assertThat(refused.refusals()).hasSize(3));
    }

    @Test
    void aPlanSurvivesJson() {
        Plan plan = PLANNING.plan(FULL_NAME, FULL_NAME_DOWN, Planning.users(1_000_000));

        assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
    }

    @Test
    void planningTwiceGivesTheSamePlan() {
        Plan first = PLANNING.plan(FULL_NAME, FULL_NAME_DOWN, Planning.users(1_000_000));
        Plan second = PLANNING.plan(FULL_NAME, FULL_NAME_DOWN, Planning.users(1_000_000));

        assertThat(first).isEqualTo(second);
    }
}
