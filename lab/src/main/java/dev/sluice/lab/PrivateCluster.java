package dev.sluice.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of one server, a copy of the template, and how to start it. */
record PrivateCluster(ServerAccount account, ClusterTemplate template, Path directory, Map<String, String> settings) {
    /** A socket's path may have 107 bytes, of which its name takes 20. */
    private static final int LONGEST_SOCKET_DIRECTORY = 85;

    PrivateCluster {
        settings = Map.copyOf(settings);
    }

    static PrivateCluster create(PostgresVersion version, Map<String, String> settings, Path parent)
            throws IOException {
        ServerAccount account = ServerAccount.detect();
        ClusterTemplate template = ClusterTemplate.of(version, account);
        Path directory = Files.createTempDirectory(parent, "sluice-postgres-");
        new FileTree(template.data()).copyTo(directory.resolve("data"));
        account.own(directory);
        return new PrivateCluster(account, template, directory, settings);
    }

    ServerProcess start(int port) throws IOException, ServerProcess.StartFailed {
        return ServerProcess.start(directory, account.command(command(port)));
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
