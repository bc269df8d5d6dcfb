package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void namesFilesAsTheUserDoes() throws IOException {
        write("1_a.sql", "SELECT 1;");

        assertThat(read().get(0).file()).isEqualTo(directory + "/1_a.sql");
        assertThat(MigrationDirectory.readFile(Path.of("pom.xml")).file()).isEqualTo("pom.xml");
    }

    @Test
    void aByteOrderMarkIsNoText() throws IOException {
        write("1_a.sql", "\uFEFF-- migrate:up\nSELECT 'é';");
        write("2_b.sql", "-- migrate:up\nSELECT 'é';");

        assertThat(read().get(0).up().text()).startsWith("-- migrate");
        assertThat(read().get(0).checksum()).isEqualTo(read().get(1).checksum());
    }

    @Test
    void otherEncodingsAreRefusedWithTheirPlace() throws IOException {
        Files.write(directory.resolve("1_a.sql"), "SELECT 1;\nSELECT 'é';".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining("1_a.sql:2:9: is not UTF-8: byte 0xE9 at offset 18");

        for (String utf16 : List.of("UTF-16", "UTF-16LE")) {
            Files.write(directory.resolve("1_a.sql"), "SELECT 1".getBytes(Charset.forName(utf16)));
            assertThatThrownBy(this::read)
                    .isInstanceOf(InvalidMigrationsException.class)
                    .hasMessageContaining("UTF-16");
        }
    }

    @Test
    void theReplacementCharacterItselfIsValid() throws IOException {
        write("1_a.sql", "SELECT '\uFFFD';");

        assertThat(read().get(0).up().text()).contains("\uFFFD");
    }

    @Test
    void aNulCharacterIsRefusedAtItsPlace() throws IOException {
        write("1_a.sql", "SELECT 1;\n\0");

        assertThatThrownBy(this::read).hasMessageContaining("1_a.sql:2:1: contains a NUL character");
    }

    @Test
    void namesMayHaveSpacesAndAnyLetters() throws IOException {
        write("1_größe und maß.sql", "");
        write("2_漢字.sql", "");

        assertThat(read()).extracting(Migration::name).containsExactly("größe und maß", "漢字");
    }

    @Test
    void linksAreFollowed(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("real.sql"), "SELECT 1;");
        Files.createSymbolicLink(directory.resolve("1_a.sql"), elsewhere.resolve("real.sql"));
        Path link = elsewhere.resolve("link");
        Files.createSymbolicLink(link, directory);

        assertThat(new MigrationDirectory(link).read().requireValid().migrations())
                .singleElement()
                .satisfies(migration -> assertThat(migration.up().sql()).isEqualTo("SELECT 1;"));
    }

    @Test
    void brokenLinksAndLinksInACircleAreRefused() throws IOException {
        Path broken = Files.createSymbolicLink(directory.resolve("1_a.sql"), directory.resolve("gone.sql"));
        assertThatThrownBy(this::read).isInstanceOf(SluiceException.class).hasMessageContaining("1_a.sql");
        Files.delete(broken);

        Files.createSymbolicLink(directory.resolve("loop"), directory);
        assertThatThrownBy(this::read).isInstanceOf(SluiceException.class).hasMessageContaining("link leads back");
    }

    @Test
    void hiddenDirectoriesAreNotOurs() throws IOException {
        Files.createDirectories(directory.resolve(".git/x"));
        Files.write(directory.resolve(".git/x/1_a.sql"), new byte[] {(byte) 0xFF});

        assertThat(new MigrationDirectory(directory).read().requireValid().migrations())
                .isEmpty();
    }

    @Test
    void aDirectoryThatIsNotThereIsAUsageError() {
        assertThatThrownBy(() -> new MigrationDirectory(directory.resolve("x")).read())
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("no such directory");
    }

    @Test
    void aFileOfFifteenMegabytesIsRead() throws IOException {
        StringBuilder text = new StringBuilder("-- migrate:up\n");
        while (text.length() < 15_000_000) {
            text.append("INSERT INTO t VALUES (1, 'it''s -- text'); -- é\n");
        }
        write("1_a.sql", text + "-- migrate:down\nDELETE FROM t;");

        assertThat(read().get(0).down().orElseThrow().sql()).isEqualTo("DELETE FROM t;");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private List<Migration> read() {
        return new MigrationDirectory(directory).read().requireValid().migrations();
    }
}
