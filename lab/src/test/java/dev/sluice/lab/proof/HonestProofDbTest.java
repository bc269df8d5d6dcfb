package dev.sluice.lab.proof;

import static dev.sluice.lab.proof.DoctoredPlans.contractLast;
import static dev.sluice.lab.proof.DoctoredPlans.expandFirst;
import static dev.sluice.lab.proof.DoctoredPlans.expandLast;
import static dev.sluice.lab.proof.DoctoredPlans.locking;
import static dev.sluice.lab.proof.DoctoredPlans.named;
import static dev.sluice.lab.proof.DoctoredPlans.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.proof.shapes.ApplicationScript;
import dev.sluice.lab.proof.shapes.ApplicationsStage;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each comparison of the proof notices what it is there for: with one of them disabled a test here fails. */
@ExtendWith(PostgresExtension.class)
final class HonestProofDbTest {
    private static final String SCHEMA = """
            CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, age int, note text);
            INSERT INTO users SELECT g, 'name ' || g, g, 'note' FROM generate_series(1, %d) g;
            ANALYZE users""";
    private static final String SCRIPT = """
            ALTER TABLE users ADD COLUMN full_name text;
            UPDATE users SET full_name = 'the ' || name;
            ALTER TABLE users DROP COLUMN name;
            -- migrate:down
            ALTER TABLE users ADD COLUMN name text;
            UPDATE users SET name = substr(full_name, 5);
            ALTER TABLE users DROP COLUMN full_name;
            """;
    private static final String COLOUR = "ALTER TABLE users ADD COLUMN colour text;\n";
    private static final String NEEDLESS = "SELECT 1";

    @TempDir
    Path directory;

    private ProofDatabases databases;
    private int states; // within a phase: each costs time, and one test looks at them

    @BeforeEach
    void server(TestDatabases tests) throws SQLException {
        PostgresVersion version = tests.create().version();
        databases = new ProofDatabases(tests.server(version), version, "honest_" + System.nanoTime() + "_");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void whatIsRightIsProven() throws Exception {
        states = 2;

        MigrationResult result = prove(SCRIPT, 50, UnaryOperator.identity());

        assertThat(result.findings()).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(result.wayBack()).isTrue();
        assertThat(result.stage(Aspect.ORACLE).checked()).isEqualTo(2);
        assertThat(result.stage(Aspect.BACKWARD).checked()).isGreaterThan(4);
        assertThat(result.stage(Aspect.FACTS).checked()).isGreaterThan(20);
    }

    /**
     * One difference for each comparison, which only that one notices: without it nothing would be found. A comparison that
     * has none does not compile.
     */
    @ParameterizedTest
    @EnumSource
    void oneDifferenceThatOnlyThisComparisonNotices(Check check, TestDatabases tests) throws Exception {
        assertThat(injected(check, tests)).isNotEmpty().allMatch(finding -> finding.check() == check);
    }

    private List<Finding> injected(Check check, TestDatabases tests) throws Exception {
        return switch (check) {
            case CATALOG -> found(contractLast(locking("COMMENT ON TABLE users IS 'other'")));
            case ROWS -> found(contractLast(step("UPDATE users SET age = 0 WHERE id = 7")));
            case ARCHIVE ->
                found(contractLast(step("CREATE SCHEMA IF NOT EXISTS sluice_archive;"
                        + "CREATE TABLE IF NOT EXISTS sluice_archive.left_behind (a int)")));
            case COMMAND -> found(contractLast(step("SELECT 1 / (age - age) FROM users")));
            case STOP -> onRowsThatFail(plan -> DoctoredPlans.with(plan, List.of(), List.of()));
            case LOCK -> found(expandLast(step("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE")));
            case REWRITE ->
                found(expandLast(locking("ALTER TABLE users ALTER COLUMN age TYPE bigint;"
                        + " ALTER TABLE users ALTER COLUMN age TYPE int")));
            case SCAN ->
                prove(COLOUR, 10_000, expandLast(locking("SELECT count(note) FROM users")))
                        .findings();
            case OWN_SCHEMA -> read(tests, COLOUR, "SELECT emial FROM users;", UnaryOperator.identity());
            case RESULT ->
                read(
                        tests,
                        COLOUR,
                        "UPDATE users SET age = 5 WHERE id = 1;",
                        expandLast(step("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'no'; END $$;"
                                + "CREATE TRIGGER no BEFORE UPDATE ON users EXECUTE FUNCTION no()")));
            case READ -> read(tests, COLOUR, "SELECT 1;", expandLast(step("UPDATE users SET age = 0 WHERE id = 7")));
            case READABLE ->
                read(tests, COLOUR, "SELECT 1;", expandLast(step("ALTER TABLE users RENAME COLUMN age TO years")));
            case SOMETHING_WORKS ->
                read(
                        tests,
                        "ALTER TABLE users DROP CONSTRAINT users_pkey;",
                        "INSERT INTO users (id, name) VALUES (1, 'again');\n".repeat(5),
                        UnaryOperator.identity());
            case PROOF ->
                proof(UnaryOperator.identity(), List.of(new BrokenStage()))
                        .prove(migration(COLOUR), start(50), plain(start(50), COLOUR))
                        .findings();
        };
    }

    /** A plan of one transaction sends its last statement together with COMMIT. */
    @Test
    void whatABlockLocksInOneTransactionIsNoticed() throws Exception {
        String block = "DO $$ BEGIN ALTER TABLE users ADD COLUMN colour text; END $$;\n";
        String allowed = "-- sluice:allow opaque-sql reason=\"a test\"\n";

        assertThat(prove(allowed + block, 50, UnaryOperator.identity()).findings())
                .extracting(Finding::check, Finding::object, Finding::actual)
                .containsExactly(tuple(Check.LOCK, "table public.users", "ACCESS EXCLUSIVE"));
        assertThat(prove(allowed + "-- sluice:locks users\n" + block, 50, UnaryOperator.identity())
                        .findings())
                .isEmpty();
    }

    @Test
    void aBlockThatRewritesALargeTableIsNoticedThoughItSaysThatItLocksIt() throws Exception {
        String script = "-- sluice:allow opaque-sql reason=\"a test\"\n-- sluice:locks public.\"users\"\n"
                + "DO $$ BEGIN ALTER TABLE users ALTER age TYPE bigint; END $$;\n";

        assertThat(prove(script, 10_000, UnaryOperator.identity()).findings())
                .extracting(Finding::check)
                .contains(Check.REWRITE);
        assertThat(prove(script, 50, UnaryOperator.identity()).findings()).isEmpty();
    }

    /** Fails instead of proving. */
    private record BrokenStage() implements ProofStage {
        @Override
        public Aspect aspect() {
            return Aspect.SHAPES;
        }

        @Override
        public StageResult prove(ProofSubject subject) {
            throw new IllegalStateException("broken");
        }
    }

    private List<Finding> found(UnaryOperator<Plan> doctor) throws Exception {
        return prove(SCRIPT, 50, doctor).findings();
    }

    /** What the new version's statements, and what both versions read, come to. */
    private static List<Finding> read(TestDatabases tests, String script, String statements, UnaryOperator<Plan> doctor)
            throws Exception {
        ApplicationScript application = ApplicationScript.of(new SourceText("app.sql", statements));
        return StageFixture.of(tests, PostgresVersion.newest(), SCHEMA.formatted(50), script, "")
                .spoilt(plan -> PlanJson.write(doctor.apply(PlanJson.read(plan))))
                .prove(new ApplicationsStage(Optional.empty(), Optional.of(application)), 1)
                .findings();
    }

    private List<Finding> onRowsThatFail(UnaryOperator<Plan> doctor) throws Exception {
        Migration migration = migration("ALTER TABLE users ALTER COLUMN age SET NOT NULL;\n");
        TestDatabase start = start(50);
        start.execute("UPDATE users SET age = NULL WHERE id = 7");
        TestDatabase copy = databases.copy(start);
        var failure = PlainRun.run(copy, migration.up()).failure().orElseThrow();
        return proof(doctor, List.of())
                .proveThatItStops(migration, start, failure)
                .findings();
    }

    @Test
    void aMissingRow() throws Exception {
        assertFound(
                Aspect.ORACLE,
                "row {id='7'} of public.users",
                "existence",
                contractLast(step("DELETE FROM users WHERE id = 7")));
    }

    @Test
    void whatIsLeftAfterPurge() throws Exception {
        Finding finding = assertFound(
                Aspect.ORACLE,
                "table public.sluice_left",
                "existence",
                contractLast(step("CREATE TABLE IF NOT EXISTS public.sluice_left (a int)")));

        assertThat(finding.when()).endsWith("purge");
    }

    @Test
    void anAttributeAfterTheWayBack() throws Exception {
        assertFound(
                Aspect.BACKWARD,
                "table public.users",
                "comment",
                expandLast(step(NEEDLESS, "COMMENT ON TABLE users IS 'not undone'")));
    }

    @Test
    void aRowAfterTheWayBack() throws Exception {
        assertFound(
                Aspect.BACKWARD,
                "row {id='7'} of public.users",
                "age",
                expandLast(step(NEEDLESS, "UPDATE users SET age = 0 WHERE id = 7")));
    }

    /** What a plan says that it cannot bring back excuses nothing else, and nothing when it does not say so. */
    @Test
    void rowsThatStayWithoutAWord() throws Exception {
        String script = "ALTER TABLE users ADD COLUMN title text;\nDELETE FROM users WHERE id < 5;\n";
        String schema = "CREATE TABLE notes (id int PRIMARY KEY REFERENCES users ON DELETE CASCADE);"
                + " INSERT INTO notes SELECT id FROM users;";

        MigrationResult silent = prove(script, schema, plan -> DoctoredPlans.withNotes(plan, List.of()));
        MigrationResult other =
                prove(script, schema, expandLast(step("UPDATE users SET age = 0 WHERE id = 7", NEEDLESS)));

        assertThat(silent.stage(Aspect.BACKWARD).findings())
                .anySatisfy(finding -> assertThat(finding.object()).isEqualTo("row {id='3'} of public.notes"));
        assertThat(other.stage(Aspect.BACKWARD).findings())
                .anySatisfy(finding -> assertThat(finding.object()).isEqualTo("row {id='7'} of public.users"));
        assertThat(prove(script, schema, UnaryOperator.identity()).findings()).isEmpty();
    }

    /** PostgreSQL locks the partitions with their parent, and a plan names the parent alone. */
    @Test
    void aLockOnAParentIsOneOnItsPartitions() throws Exception {
        String schema = "CREATE TABLE days (id int, day int, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);"
                + " CREATE TABLE early PARTITION OF days FOR VALUES FROM (0) TO (9) PARTITION BY RANGE (day);"
                + " CREATE TABLE earliest PARTITION OF early DEFAULT; INSERT INTO days SELECT id, 1 FROM users;";
        String script = "ALTER TABLE days ADD CONSTRAINT few CHECK (day < 9);\n";

        assertThat(prove(script, schema, UnaryOperator.identity()).findings()).isEmpty();
        assertThat(prove(script, schema, expandLast(step("LOCK TABLE earliest IN ACCESS EXCLUSIVE MODE")))
                        .findings())
                .extracting(Finding::check, Finding::object)
                .contains(tuple(Check.LOCK, "table public.earliest"));
    }

    /** The last step's undo tells the first one's that all steps had run. */
    @Test
    void aWayBackThatIsWrongOnlyFromWithinAPhase() throws Exception {
        Step first = named(
                "first",
                NEEDLESS,
                "DO $$ BEGIN IF to_regclass('public.marker') IS NULL THEN COMMENT ON TABLE users IS 'half';"
                        + " ELSE DROP TABLE public.marker; END IF; END $$");
        Step last = named("last", NEEDLESS, "CREATE TABLE public.marker (a int)");

        states = 2;

        Finding finding = assertFound(
                Aspect.BACKWARD,
                "table public.users",
                "comment",
                plan -> expandLast(last).apply(expandFirst(first).apply(plan)));

        assertThat(finding.when()).startsWith("interrupted after step");
    }

    @Test
    void anIndexBuildThatMakesWritersWait() throws Exception {
        MigrationResult result = prove(
                "CREATE INDEX ON users (age);\n",
                50,
                plan -> DoctoredPlans.with(
                        plan,
                        plan.expand().stream()
                                .map(HonestProofDbTest::notConcurrently)
                                .toList(),
                        plan.contract()));

        assertThat(result.stage(Aspect.FACTS).findings())
                .anySatisfy(finding -> assertThat(finding.actual()).isEqualTo("SHARE"));
    }

    private static Step notConcurrently(Step step) {
        return step instanceof Step.BuildIndex build
                ? new Step.BuildIndex(
                        build.info(), build.table(), build.index(), build.sql().replace(" CONCURRENTLY", ""))
                : step;
    }

    @Test
    void aRunThatChangesSomethingBeforeItStops() throws Exception {
        assertThat(onRowsThatFail(UnaryOperator.identity())).isEmpty();
        assertThat(onRowsThatFail(expandFirst(step("CREATE TABLE public.early (a int)", NEEDLESS))))
                .anySatisfy(finding -> assertThat(finding.object()).isEqualTo("table public.early"));
    }

    private Finding assertFound(Aspect aspect, String object, String attribute, UnaryOperator<Plan> doctor)
            throws Exception {
        MigrationResult result = prove(SCRIPT, 50, doctor);
        assertThat(result.verdict()).isEqualTo(Verdict.WRONG);
        List<Finding> found = result.stage(aspect).findings().stream()
                .filter(finding ->
                        finding.object().equals(object) && finding.attribute().equals(attribute))
                .toList();
        assertThat(found).as("%s", result.findings()).isNotEmpty();
        return found.get(0);
    }

    private MigrationResult prove(String script, int rows, UnaryOperator<Plan> doctor) throws Exception {
        TestDatabase start = start(rows);
        return proof(doctor, List.of()).prove(migration(script), start, plain(start, script));
    }

    private MigrationResult prove(String script, String more, UnaryOperator<Plan> doctor) throws Exception {
        TestDatabase start = start(50);
        start.execute(more);
        return proof(doctor, List.of()).prove(migration(script), start, plain(start, script));
    }

    private MigrationProof proof(UnaryOperator<Plan> doctor, List<ProofStage> stages) {
        return new MigrationProof(databases, () -> new DoctoredPlans(doctor), states, stages, 1);
    }

    private TestDatabase plain(TestDatabase start, String script) throws Exception {
        TestDatabase plain = databases.copy(start);
        assertThat(PlainRun.run(plain, migration(script).up()).failure()).isEmpty();
        return plain;
    }

    private TestDatabase start(int rows) throws SQLException {
        TestDatabase start = databases.create();
        start.execute(SCHEMA.formatted(rows));
        return start;
    }

    private Migration migration(String script) throws IOException {
        Files.writeString(directory.resolve("20260101000000_case.sql"), "-- migrate:up\n" + script);
        return new MigrationDirectory(directory).read("native").migrations().get(0);
    }
}
