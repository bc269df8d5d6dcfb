package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Migrations of real projects, where there are some: {@code SLUICE_CORPUS} names a directory with one each. */
@EnabledIfEnvironmentVariable(named = "SLUICE_CORPUS", matches = ".+")
final class CorpusTest {
    private final Path corpus = Path.of(System.getenv("SLUICE_CORPUS"));

    @Test
    void readsEveryProjectWithoutAProblemAndLosesNoFile() throws IOException {
        try (Stream<Path> projects = Files.list(corpus)) {
            for (Path project : projects.filter(Files::isDirectory).toList()) {
                MigrationFiles files = new MigrationDirectory(project).read().requireValid();
                long scripts = files.migrations().stream()
                        .mapToLong(migration -> 1 + migration.down().stream().count())
                        .sum();
                assertThat(scripts).as("%s, layout %s", project, files.layout()).isEqualTo(sqlFiles(project));
                assertThat(MigrationGraph.of(files.migrations()).order()).hasSameSizeAs(files.migrations());
            }
        }
    }

    @Test
    void kratosIsGolangMigrateAndUmamiIsPrisma() {
        MigrationFiles kratos = new MigrationDirectory(corpus.resolve("kratos")).read();
        MigrationFiles umami = new MigrationDirectory(corpus.resolve("umami")).read();

        assertThat(kratos.layout()).isEqualTo("golang-migrate");
        assertThat(kratos.migrations()).hasSize(346);
        assertThat(kratos.migrations()).anyMatch(migration -> migration.up().transaction() == TransactionMode.OFF);
        assertThat(umami.layout()).isEqualTo("prisma");
        assertThat(umami.migrations()).hasSize(19);
        assertThat(List.of(kratos, umami))
                .allSatisfy(files -> assertThat(files.problems()).isEmpty());
    }

    private static long sqlFiles(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(path -> path.toString().endsWith(".sql")).count();
        }
    }
}
