package dev.sluice.run;

import dev.sluice.Migrator;
import dev.sluice.Settings;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationScript;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.SourceText;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A database, migrations with plans made by hand, and what their runs told. */
final class RunFixture implements PlanSource, AutoCloseable {

    static final QualifiedName USERS = QualifiedName.of("public", "users");

    final TestDatabase database;
    final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Migration> migrations = new LinkedHashMap<>();
    private final Map<String, Plan> plans = new LinkedHashMap<>();
    private final Map<String, Plan> downPlans = new LinkedHashMap<>();
    private final Session session;
    private volatile Consumer<RunEvent> onEvent = event -> {};

    RunFixture(TestDatabase database) throws SQLException {
        this(database, """
                CREATE TABLE users (id bigint PRIMARY KEY, email text);
                INSERT INTO users SELECT g, 'user' || g FROM generate_series(1, 100) g;
                """);
    }

    private RunFixture(TestDatabase database, String schema) throws SQLException {
        this.database = database;
        database.execute(schema);
        this.session = Session.open(database::connect, "test");
    }

    /** To look at a database that is there. */
    static RunFixture of(TestDatabase database) throws SQLException {
        return new RunFixture(database, "SELECT");
    }

    /** A migration whose plan is {@code plan}; the script only has to be there. */
    RunFixture with(Plan plan) {
        return with(plan, "SELECT 'script of " + plan.migration().version() + "';");
    }

    RunFixture with(Plan plan, String script) {
        return with(plan, script, MigrationKind.VERSIONED);
    }

    /** One that runs again when its text has changed. */
    RunFixture withRepeatable(Plan plan, String script) {
        return with(plan, script, MigrationKind.REPEATABLE);
    }

    private RunFixture with(Plan plan, String script, MigrationKind kind) {
        String version = plan.migration().version();
        String file = "migrations/" + version + "_" + plan.migration().name() + ".sql";
        migrations.put(
                version,
                new Migration(
                        version,
                        plan.migration().name(),
                        kind,
                        MigrationScript.of(new SourceText(file, script)),
                        Optional.empty(),
                        List.of()));
        plans.put(version, plan);
        return this;
    }

    RunFixture withDown(Plan down) {
        downPlans.put(down.migration().version(), down);
        return this;
    }

    /** Is called for every event, on the thread that tells it. */
    RunFixture onEvent(Consumer<RunEvent> consumer) {
        onEvent = consumer;
        return this;
    }

    /** Of the file of a migration. */
    String checksum(String version) {
        return Objects.requireNonNull(migrations.get(version)).checksum();
    }

    static Settings settings() {
        return Settings.defaults()
                .withActor("tester")
                .withWaitForRunner(Duration.ofSeconds(20))
                .withLocks(LockSettings.defaults().withBudget(Duration.ofSeconds(20)));
    }

    Migrator migrator() {
        return migrator(settings());
    }

    Migrator migrator(Settings settings) {
        return migrator(database::connect, settings);
    }

    Migrator migrator(ConnectionSource connections, Settings settings) {
        return new Migrator(connections, List.copyOf(migrations.values()), this, settings, event -> {
            events.add(event);
            onEvent.accept(event);
        });
    }

    @Override
    public Plan plan(Migration migration, Session planning) {
        return Objects.requireNonNull(plans.get(migration.version()));
    }

    @Override
    public Optional<Plan> planDown(Migration migration, Session planning) {
        return Optional.ofNullable(downPlans.get(migration.version()));
    }

    boolean isTrue(String query) {
        return session.isTrue(query);
    }

    String text(String query) {
        return session.one(query, row -> row.textIfAny(1).orElse("")).orElse("");
    }

    void execute(String sql) {
        session.execute(sql);
    }

    String state(String version) {
        return text("SELECT state FROM sluice.migration WHERE version = '" + version + "'");
    }

    boolean hasColumn(String column) {
        return isTrue("SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = '"
                + column + "' AND NOT attisdropped)");
    }

    boolean hasRelation(String name) {
        return isTrue("SELECT to_regclass('" + name + "') IS NOT NULL");
    }

    /** Ends the sessions that do the runner's work; its lease stays. */
    void killWorkers() {
        session.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sluice run'"
                + " AND datname = current_database()");
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 30 s for: " + what);
            }
            Thread.onSpinWait();
        }
    }

    <E extends RunEvent> List<E> events(Class<E> type) {
        synchronized (events) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    @Override
    public void close() {
        session.close();
    }

    static Plan plan(String version, List<Step> expand, List<Step> contract, List<Step> purge) {
        return new Plan(
                new Plan.MigrationRef(version, "test", "checksum"),
                180000,
                "",
                "public",
                expand,
                contract,
                purge,
                List.of());
    }

    static Plan expandOnly(String version, Step... steps) {
        return plan(version, List.of(steps), List.of(), List.of());
    }

    static Step.Brief ddl(String id, String sql, Step... undo) {
        return new Step.Brief(info(id, List.of(usersLock()), undo), Step.Purpose.DDL, List.of(), List.of(sql));
    }

    static Step.Brief plain(String id, String... sql) {
        return new Step.Brief(info(id, List.of()), Step.Purpose.PLAIN, List.of(), Arrays.asList(sql));
    }

    /** Adds a column and takes it away again. */
    static Step.Brief addColumn(String id, String column) {
        return ddl(
                id,
                "ALTER TABLE users ADD COLUMN " + column + " text",
                ddl(id + "-drop", "ALTER TABLE users DROP COLUMN IF EXISTS " + column));
    }

    static Step.BuildIndex index(String id, String sql) {
        QualifiedName index = QualifiedName.of("public", "users_email_idx");
        Step drop = new Step.DropIndex(
                info(id + "-drop", List.of()), index, "DROP INDEX CONCURRENTLY IF EXISTS public.users_email_idx");
        return new Step.BuildIndex(info(id, List.of(), drop), USERS, index, sql);
    }

    static StepInfo info(String id, List<TableLock> locks, Step... undo) {
        return new StepInfo(
                id, "do " + id, "because", new Source("migrations/1_test.sql", 1, 1), locks, -1, -1, List.of(undo));
    }

    static TableLock usersLock() {
        return new TableLock(USERS, LockMode.ACCESS_EXCLUSIVE);
    }
}
