package dev.sluice.lab.junit;

import static java.util.Objects.requireNonNull;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.ProofDatabases;
import dev.sluice.lab.proof.ProofReport;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * JUnit extension for a project that has migrations:
 *
 * <pre>
 * &#64;RegisterExtension
 * static final SluiceExtension sluice = SluiceExtension.ofDirectory("db/migrations");
 *
 * &#64;Test
 * void migrationsAreProven() {
 *     sluice.prove();
 * }
 * </pre>
 *
 * <p>The server is private, started once for each JVM and version. What was made for one test is kept as a template for the
 * next one, in all classes that use the same directory and settings; a test gets a copy of its own, which is dropped with
 * the extension: after all tests of the class for a static field, else after each test. Thread-safe.
 */
public final class SluiceExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Namespace OURS = Namespace.create(SluiceExtension.class);
    private static final int DEFAULT_ROWS = 100;

    private final ProjectSettings settings;
    private volatile Optional<InUse> inUse = Optional.empty();

    /**
     * While tests run.
     *
     * @param copies those that tests have
     * @param ofClass whether it lasts for all tests of a class
     */
    private record InUse(ProjectDatabases project, ProofDatabases copies, boolean ofClass) {}

    private SluiceExtension(ProjectSettings settings) {
        this.settings = requireNonNull(settings);
    }

    /** @param directory of the migrations, relative to the working directory: with Maven and Gradle that of the module */
    public static SluiceExtension ofDirectory(String directory) {
        return ofDirectory(Path.of(directory));
    }

    /** @param directory of the migrations, in any layout that Sluice knows */
    public static SluiceExtension ofDirectory(Path directory) {
        return new SluiceExtension(new ProjectSettings(
                directory.toAbsolutePath().normalize(), Optional.empty(), PostgresVersion.newest(), DEFAULT_ROWS, 1));
    }

    /** The layout of the files, where detection does not get it right: {@code flyway}, {@code dbmate}, … */
    public SluiceExtension withLayout(String layout) {
        return new SluiceExtension(settings.withLayout(layout));
    }

    /** The major version of PostgreSQL that production has; otherwise the newest. */
    public SluiceExtension onPostgres(int major) {
        return new SluiceExtension(settings.withVersion(PostgresVersion.ofMajor(major)));
    }

    /** How many rows a table gets in which a migration is proven or expanded; otherwise 100. */
    public SluiceExtension withRows(long rows) {
        return new SluiceExtension(settings.withRows(rows));
    }

    /** Of the rows and of all that is random; otherwise 1. */
    public SluiceExtension withSeed(long seed) {
        return new SluiceExtension(settings.withSeed(seed));
    }

    /**
     * Proves all migrations, as {@code sluice test} does.
     *
     * @throws AssertionError when one of them is not proven, with everything that is wrong
     */
    public void prove() {
        ProofText.requireProven(proof());
    }

    /**
     * Proves the migrations from that version on: the older ones are only run.
     *
     * @throws AssertionError when one of them is not proven, with everything that is wrong
     */
    public void proveFrom(String version) {
        ProofText.requireProven(inUse().project().prove(Optional.of(version)));
    }

    /** What there is to say about all migrations, for a test with a judgement of its own. */
    public ProofReport proof() {
        return inUse().project().prove(Optional.empty());
    }

    /** A database to which the scripts up to and with that version were applied; without further rows. */
    public TestDatabase databaseAt(String version) {
        InUse now = inUse();
        return now.project().copyAt(version, now.copies());
    }

    /** A database in which that migration is expanded: the application's old and new version must both work there. */
    public TestDatabase databaseInExpand(String version) {
        InUse now = inUse();
        return now.project().copyInExpand(version, Optional.empty(), now.copies());
    }

    /**
     * A database in which the first {@code steps} steps of that migration's expand phase have run: the application's old
     * version must work there. Its empty tables were filled with rows before, because on empty tables a migration runs as
     * written.
     *
     * @param steps 0 for none
     * @throws IllegalArgumentException when there are not that many
     */
    public TestDatabase databaseInExpand(String version, int steps) {
        InUse now = inUse();
        return now.project().copyInExpand(version, Optional.of(steps), now.copies());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin(context, true);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (inUse.isEmpty()) {
            begin(context, false);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        inUse.filter(now -> !now.ofClass()).ifPresent(this::end);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        inUse.ifPresent(this::end);
    }

    private void begin(ExtensionContext context, boolean ofClass) {
        ProjectDatabases project = context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(
                        settings,
                        s -> new ProjectDatabases(s, PostgresExtension.server(context, s.version())),
                        ProjectDatabases.class);
        inUse = Optional.of(new InUse(project, project.copies(), ofClass));
    }

    private void end(InUse now) {
        now.copies().close();
        inUse = Optional.empty();
    }

    private InUse inUse() {
        return inUse.orElseThrow(() -> new IllegalStateException(
                "The extension works while tests run. Next: annotate its field with @RegisterExtension."));
    }
}
