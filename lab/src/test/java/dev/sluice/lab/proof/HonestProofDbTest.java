package dev.sluice.lab.proof;

import static dev.sluice.lab.proof.DoctoredPlans.contractLast;
import static dev.sluice.lab.proof.DoctoredPlans.expandFirst;
import static dev.sluice.lab.proof.DoctoredPlans.expandLast;
import static dev.sluice.lab.proof.DoctoredPlans.locking;
import static dev.sluice.lab.proof.DoctoredPlans.named;
import static dev.sluice.lab.proof.DoctoredPlans.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void anAttributeOfTheCatalog() throws Exception {
        assertFound(
                Aspect.ORACLE,
                "table public.users",
                "comment",
                contractLast(step("COMMENT ON TABLE users IS 'other'")));
    }

    @Test
    void aValueInARow() throws Exception {
        assertFound(
                Aspect.ORACLE,
                "row {id='7'} of public.users",
                "age",
                contractLast(step("UPDATE users SET age = 0 WHERE id = 7")));
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
    void whatIsLeftInTheArchive() throws Exception {
        assertFound(
                Aspect.ORACLE,
                "table sluice_archive.left_behind",
                "existence",
                contractLast(step("CREATE SCHEMA IF NOT EXISTS sluice_archive;"
                        + "CREATE TABLE IF NOT EXISTS sluice_archive.left_behind (a int)")));
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
    void aCommandThatFails() throws Exception {
        Finding finding = assertFound(
                Aspect.ORACLE, "sluice contract", "result", contractLast(step("SELECT 1 / (age - age) FROM users")));

        assertThat(finding.actual()).contains("division by zero");
    }

    @Test
    void aLockThatWasNotAnnounced() throws Exception {
        Finding finding = assertFound(
                Aspect.FACTS,
                "table public.users",
                "lock",
                expandLast(step("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE")));

        assertThat(finding.expected()).isEqualTo("none");
        assertThat(finding.actual()).isEqualTo("SHARE ROW EXCLUSIVE");
    }

    @Test
    void aRewriteThatWasNotAnnounced() throws Exception {
        assertFound(
                Aspect.FACTS,
                "table public.users",
                "rewrite",
                expandLast(
                        locking(
                                "ALTER TABLE users ALTER COLUMN age TYPE bigint; ALTER TABLE users ALTER COLUMN age TYPE int")));
    }

    @Test
    void aLargeTableReadUnderAStrongLock() throws Exception {
        MigrationResult result = prove(
                "ALTER TABLE users ADD COLUMN colour text;\n",
                10_000,
                expandLast(locking("SELECT count(note) FROM users")));

        assertThat(result.stage(Aspect.FACTS).findings())
                .anySatisfy(finding -> assertThat(finding.attribute()).isEqualTo("scan"));
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
        String script = "ALTER TABLE users ALTER COLUMN age SET NOT NULL;\n";
        Migration migration = migration(script);
        TestDatabase start = start(50);
        start.execute("UPDATE users SET age = NULL WHERE id = 7");
        TestDatabase copy = databases.copy(start);
        var failure = PlainRun.run(copy, migration.up()).failure().orElseThrow();

        StageResult right = proof(UnaryOperator.identity()).proveThatItStops(migration, start, failure);
        StageResult wrong = proof(expandFirst(step("CREATE TABLE public.early (a int)", NEEDLESS)))
                .proveThatItStops(migration, start, failure);

        assertThat(right.findings()).isEmpty();
        assertThat(wrong.findings())
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
        Migration migration = migration(script);
        TestDatabase start = start(rows);
        TestDatabase plain = databases.copy(start);
        assertThat(PlainRun.run(plain, migration.up()).failure()).isEmpty();
        return proof(doctor).prove(migration, start, plain);
    }

    private MigrationProof proof(UnaryOperator<Plan> doctor) {
        return new MigrationProof(databases, () -> new DoctoredPlans(doctor), states, List.of(), 1);
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
