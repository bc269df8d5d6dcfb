package dev.sluice.lab;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * PostgreSQL's programs and an initialised cluster, both kept between runs: unpacking takes seconds and {@code initdb}
 * one, copying the result a tenth of one.
 *
 * @param programs the directory with {@code postgres}
 * @param data an initialised data directory, to be copied
 * @param password the superuser's; the server listens on a port that every user of the machine can reach
 */
record ClusterTemplate(Path programs, Path data, String password) {
    static final String SUPERUSER = "postgres";

    /** Of the wanted version, from the cache; the first time on a machine this takes a few seconds. */
    static ClusterTemplate of(PostgresVersion version, ServerAccount account) throws IOException {
        Cache cache = account.cache();
        PostgresPrograms programs = PostgresPrograms.find(version, cache);
        // The number is that of this recipe: raise it when initialise() changes.
        Path template = cache.directory(
                "cluster-1-" + programs.version(), directory -> initialise(version, programs, account, directory));
        return new ClusterTemplate(
                programs.directory(), template.resolve("data"), Files.readString(template.resolve("password")));
    }

    private static void initialise(
            PostgresVersion version, PostgresPrograms programs, ServerAccount account, Path directory)
            throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Path password =
                Files.writeString(directory.resolve("password"), HexFormat.of().formatHex(random));
        Path data = Files.createDirectory(directory.resolve("data"));
        account.own(directory);
        var command = new ArrayList<>(List.of(
                programs.initdb().toString(),
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        if (version.major() >= 16) {
            // The password is random, so hashing it slowly would protect nothing and cost every connection.
            command.add("--set=scram_iterations=1");
        }
        Tool initdb = Tool.run(account.command(command));
        if (initdb.exitCode() != 0) {
            throw new SluiceException(
                    ExitCode.ERROR,
                    "initdb of " + version + " failed (" + initdb.exitCode() + "):\n" + initdb.output());
        }
    }
}
