package dev.sluice.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The files of one server, a copy of the template, and how to start it. */
record PrivateCluster(
        ServerAccount account,
        ClusterTemplate template,
        Path directory,
        Map<String, String> settings,
        Optional<SmallDisk> disk) {
    /** A socket's path may have 107 bytes, of which its name takes 20. */
    private static final int LONGEST_SOCKET_DIRECTORY = 85;

    PrivateCluster {
        settings = Map.copyOf(settings);
    }

    /** @param files go into its data directory, readable by the server alone */
    static PrivateCluster create(
            PostgresVersion version, Map<String, String> settings, Path parent, Map<String, String> files)
            throws IOException {
        ServerAccount account = ServerAccount.detect();
        ClusterTemplate template = ClusterTemplate.of(version, account);
        Path directory = Files.createTempDirectory(parent, "sluice-postgres-");
        new FileTree(template.data()).copyTo(directory.resolve("data"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = Files.writeString(directory.resolve("data").resolve(file.getKey()), file.getValue());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
        account.own(directory);
        return new PrivateCluster(account, template, directory, settings, Optional.empty());
    }

    /**
     * A copy of this cluster, whose server runs, that follows it (documentation, "Making a Base Backup Using the Low Level
     * API").
     */
    PrivateCluster replica(Connection session, int port, String applicationName) throws IOException, SQLException {
        boolean since15 = session.getMetaData().getDatabaseMajorVersion() >= 15;
        Path copy = Files.createTempDirectory(Objects.requireNonNull(directory.getParent()), "sluice-postgres-");
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    since15
                            ? "SELECT pg_backup_start('replica', true)"
                            : "SELECT pg_start_backup('replica', true, false)");
            new FileTree(directory.resolve("data")).copyTo(copy.resolve("data"));
            try (ResultSet stop = statement.executeQuery(
                    since15
                            ? "SELECT labelfile FROM pg_backup_stop(false)"
                            : "SELECT labelfile FROM pg_stop_backup(false, false)")) {
                stop.next();
                Files.writeString(copy.resolve("data/backup_label"), stop.getString(1));
            }
        }
        Files.deleteIfExists(copy.resolve("data/postmaster.pid"));
        Files.createFile(copy.resolve("data/standby.signal"));
        account.own(copy);
        Map<String, String> following = PostgresSettings.with(
                settings,
                Map.of(
                        "primary_conninfo",
                        "host=127.0.0.1 port=" + port + " user=" + ClusterTemplate.SUPERUSER + " password="
                                + template.password() + " application_name=" + applicationName,
                        "wal_receiver_status_interval",
                        "1s"));
        return new PrivateCluster(account, template, copy, following, disk);
    }

    /** With a small disk at the directory {@code disk}, empty each time the server starts. */
    PrivateCluster withDisk(int megabytes) throws IOException {
        Path mount = Files.createDirectory(directory.resolve("disk"));
        return new PrivateCluster(account, template, directory, settings, Optional.of(new SmallDisk(mount, megabytes)));
    }

    ServerProcess start(int port) throws IOException, ServerProcess.StartFailed {
        List<String> command = command(port);
        return ServerProcess.start(
                directory, disk.map(d -> d.command(command)).orElseGet(() -> account.command(command)));
    }

    void delete() throws IOException {
        new FileTree(directory).delete();
    }

    private List<String> command(int port) {
        var command = new ArrayList<>(List.of(
                template.programs().resolve("postgres").toString(),
                "-D",
                directory.resolve("data").toString(),
                "-p",
                Integer.toString(port)));
        var all = new TreeMap<>(settings);
        all.put("listen_addresses", "127.0.0.1");
        all.put(
                "unix_socket_directories",
                directory.toString().length() > LONGEST_SOCKET_DIRECTORY ? "" : "\"" + directory + "\"");
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }
}
