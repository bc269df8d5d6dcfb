package dev.sluice.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.Migration;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.DownOptions;
import dev.sluice.run.MigrationState;
import dev.sluice.run.RunListener;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two small projects of our own, and those of the directory that {@code SLUICE_CORPUS} names: one directory each, as
 * found in the wild.
 */
@ExtendWith(PostgresExtension.class)
final class CorpusDbTest {

    @TempDir
    static Path directory;

    private static List<Corpus> projects = List.of();

    @BeforeAll
    static void read() throws IOException {
        List<Corpus> all = new ArrayList<>();
        all.add(Corpus.unpack("golang-migrate.txt", directory));
        all.add(Corpus.unpack("prisma.txt", directory));
        String others = System.getenv("SLUICE_CORPUS");
        if (others != null && !others.isEmpty()) {
            all.addAll(Corpus.readAll(Path.of(others)));
        }
        projects = all;
    }

    static List<Corpus> projects() {
        return projects;
    }

    @ParameterizedTest
    @MethodSource("projects")
    void aFreshDatabaseIsWhatThePlainFilesMake(Corpus project, TestDatabases databases) throws SQLException {
        TestDatabase plain = databases.create();
        TestDatabase database = databases.create();
        project.runPlainly(plain);

        RunResult first = up(database, project.migrations());
        RunResult second = up(database, project.migrations());

        assertThat(first.stopped()).isEmpty();
        assertThat(first.outcomes()).hasSameSizeAs(project.migrations());
        assertThat(first.outcomes()).allMatch(outcome -> outcome.state() == MigrationState.APPLIED);
        assertThat(CatalogDiff.compare(catalog(plain), catalog(database))).isEmpty();
        assertThat(second.outcomes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void anInterruptedRunGoesOnToTheSameEnd(Corpus project, TestDatabases databases) throws SQLException {
        TestDatabase plain = databases.create();
        TestDatabase database = databases.create();
        project.runPlainly(plain);
        int half = project.migrations().size() / 2;

        migrator(database, project.migrations()).up(UpOptions.all().withCount(half));
        RunResult rest = up(database, project.migrations());

        assertThat(rest.stopped()).isEmpty();
        assertThat(CatalogDiff.compare(catalog(plain), catalog(database))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theLastMigrationsWithADownScriptGoBackAndUpAgain(Corpus project, TestDatabases databases) throws SQLException {
        TestDatabase database = databases.create();
        up(database, project.migrations());
        Catalog end = catalog(database);
        int reversible = reversible(project.migrations());

        for (int i = 0; i < reversible; i++) {
            migrator(database, project.migrations()).down(DownOptions.last());
        }
        RunResult again = up(database, project.migrations());

        assertThat(again.outcomes()).hasSize(reversible);
        assertThat(CatalogDiff.compare(end, catalog(database))).isEmpty();
    }

    /** How many of the last three have a down script that says something. */
    private static int reversible(List<Migration> migrations) {
        int count = 0;
        for (int i = migrations.size() - 1; i >= 0 && count < 3; i--) {
            if (migrations.get(i).down().filter(d -> !d.sql().isBlank()).isEmpty()) {
                break;
            }
            count++;
        }
        return count;
    }

    private static RunResult up(TestDatabase database, List<Migration> migrations) {
        return migrator(database, migrations).up(UpOptions.all());
    }

    private static Migrator migrator(TestDatabase database, List<Migration> migrations) {
        return new Migrator(
                database::connect, migrations, new PostgresPlans(), Settings.defaults(), RunListener.silent());
    }

    private static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }
}
