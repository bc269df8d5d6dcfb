package dev.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NeededRightsTest {

    private static final QualifiedName USERS = QualifiedName.of("", "users");

    @Test
    void statementsAsWrittenTellWhoseTableTheyAlter() {
        NeededRights needed = written(
                "ALTER TABLE users ADD a int",
                "ALTER TABLE IF EXISTS ONLY shop.\"Old Orders\" DROP b",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY shop.items (on_hand)",
                "CREATE POLICY p ON shop.rows",
                "CREATE TABLE shop.part PARTITION OF shop.whole FOR VALUES IN (1)",
                "ALTER MATERIALIZED VIEW seen RENAME TO looked_at");

        assertThat(needed.owned())
                .containsExactlyInAnyOrder(
                        USERS,
                        QualifiedName.of("shop", "Old Orders"),
                        QualifiedName.of("shop", "items"),
                        QualifiedName.of("shop", "rows"),
                        QualifiedName.of("shop", "whole"),
                        QualifiedName.of("", "seen"));
        assertThat(needed.created()).containsExactly("shop");
    }

    /** TRUNCATE takes the strongest lock, and needs no owner. */
    @Test
    void locksTellItOfThePlannersStepsOnly() {
        StepInfo locking = info(List.of(new TableLock(USERS, LockMode.ACCESS_EXCLUSIVE)));

        assertThat(of(new Step.Brief(locking, Step.Purpose.PLAIN, List.of(), List.of("TRUNCATE users")))
                        .owned())
                .isEmpty();
        assertThat(of(new Step.Opaque(locking, List.of("TRUNCATE users"), true, Optional.empty(), Optional.empty()))
                        .owned())
                .isEmpty();
        assertThat(of(new Step.Brief(locking, Step.Purpose.DDL, List.of(), List.of("SELECT 1")))
                        .owned())
                .containsExactly(USERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE users (id int)",
                "CREATE TABLE IF NOT EXISTS users (id int)",
                "CREATE UNLOGGED TABLE users (id int)",
                "CREATE TEMP TABLE IF NOT EXISTS users (id int)",
                "CREATE MATERIALIZED VIEW users AS SELECT 1",
                "ALTER TABLE people RENAME TO users",
                "ALTER TABLE old.users SET SCHEMA shop",
                "GRANT owner TO me",
                "REVOKE owner FROM me",
                "SET ROLE owner",
                "SET LOCAL SESSION AUTHORIZATION owner",
                "SET search_path = shop",
                "SET SCHEMA 'shop'",
                "RESET ALL",
                "SELECT set_config('role', 'owner', true)",
                "DO $$BEGIN EXECUTE 'GRANT owner TO me'; END$$",
                "CALL become('owner')",
                "WITH x AS (SELECT become('owner')) SELECT * FROM x",
                "REASSIGN OWNED BY owner TO me",
                "ALTER ROLE me BYPASSRLS",
                "CREATE ROLE owner ROLE me"
            })
    void whatTheScriptMakesOrMayHaveGrantedItselfIsNotAskedFor(String first) {
        assertThat(written(first, "ALTER TABLE users ADD a int").owned()).doesNotContain(USERS);
        assertThat(written("ALTER TABLE users ADD a int", first).owned()).contains(USERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET lock_timeout = '1s'",
                "SET LOCAL client_encoding = 'UTF8'",
                "CREATE FUNCTION users() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE EXTENSION hstore",
                "GRANT SELECT ON users TO app",
                "GRANT USAGE ON SCHEMA public TO app",
                "ALTER TABLE people RENAME COLUMN a TO users",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app",
                "INSERT INTO people VALUES (1)",
                "DROP TABLE people"
            })
    void whatChangesNoRightsChangesNothing(String first) {
        assertThat(written(first, "ALTER TABLE users ADD a int").owned()).contains(USERS);
    }

    @Test
    void keysAndSchemasAreAskedForUnlessTheScriptGrantsThem() {
        assertThat(written("CREATE TABLE shop.a (b int REFERENCES shop.b, c int, FOREIGN KEY (c) REFERENCES c (id))"))
                .returns(Set.of(QualifiedName.of("shop", "b"), QualifiedName.of("", "c")), NeededRights::referenced)
                .returns(Set.of(), NeededRights::looked)
                .returns(Set.of("shop"), NeededRights::created);
        assertThat(written(
                                "GRANT REFERENCES ON shop.b, c TO me",
                                "GRANT CREATE ON SCHEMA shop TO me",
                                "CREATE TABLE shop.a (b int REFERENCES shop.b, c int REFERENCES c)")
                        .referenced())
                .isEmpty();
        assertThat(written("GRANT CREATE ON SCHEMA shop TO me", "CREATE TABLE shop.a (b int)")
                        .created())
                .isEmpty();
        assertThat(written("CREATE SCHEMA shop", "CREATE TABLE shop.a (b int)").created())
                .isEmpty();
        assertThat(written("GRANT ALL ON ALL TABLES IN SCHEMA shop TO me", "CREATE TABLE a (b int REFERENCES shop.b)")
                        .referenced())
                .isEmpty();
    }

    @Test
    void whatTheRunnerLooksIntoIsAskedForAsWell() {
        Step.Guard guard = new Step.Guard("SELECT NOT EXISTS (SELECT FROM shop.\"Orders\")", "not empty");

        assertThat(of(new Step.Brief(
                                info(List.of()),
                                Step.Purpose.PLAIN,
                                List.of(guard),
                                List.of("INSERT INTO shop.\"Orders\" VALUES (1)")))
                        .empty())
                .containsExactly(QualifiedName.of("shop", "Orders"));
    }

    /** It looks for rows without a match first, which the server would not need to. */
    @Test
    void thePlannersKeysAreLookedThrough() {
        assertThat(of(new Step.Brief(
                        info(List.of()),
                        Step.Purpose.DDL,
                        List.of(),
                        List.of("ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES shop.b NOT VALID"))))
                .returns(Set.of(QualifiedName.of("shop", "b")), NeededRights::looked)
                .returns(Set.of(), NeededRights::referenced)
                .returns(Set.of(), NeededRights::owned);
    }

    @Test
    void aBlockOfTheScriptEndsTheReadingForLaterStepsAsWell() {
        Step.Opaque block = new Step.Opaque(
                info("block", List.of()),
                List.of("DO $$BEGIN PERFORM become_owner(); END$$"),
                true,
                Optional.empty(),
                Optional.empty());
        Step.Brief alter = new Step.Brief(
                info("alter", List.of(new TableLock(USERS, LockMode.ACCESS_EXCLUSIVE))),
                Step.Purpose.DDL,
                List.of(),
                List.of("ALTER TABLE users ADD a int"));

        assertThat(of(block, alter).owned()).isEmpty();
        assertThat(of(alter, block).owned()).containsExactly(USERS);
    }

    private static NeededRights written(String... statements) {
        return of(new Step.Brief(info(List.of()), Step.Purpose.PLAIN, List.of(), List.of(statements)));
    }

    private static NeededRights of(Step... steps) {
        return NeededRights.of(new Plan(
                new Plan.MigrationRef("1", "rights", ""),
                180000,
                "",
                "public",
                List.of(steps),
                List.of(),
                List.of(),
                List.of()));
    }

    private static StepInfo info(List<TableLock> locks) {
        return info("a", locks);
    }

    private static StepInfo info(String id, List<TableLock> locks) {
        return new StepInfo(id, "step", "because", new Source("a.sql", 1, 1), locks, -1, -1, List.of());
    }
}
