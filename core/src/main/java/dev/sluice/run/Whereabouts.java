package dev.sluice.run;

import dev.sluice.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who works and where, for people. */
final class Whereabouts {

    private Whereabouts() {}

    static String of(Settings settings) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown host";
        }
        List<String> parts = List.of(
                settings.actor(),
                "on " + host,
                "process " + ProcessHandle.current().pid());
        return String.join(", ", parts);
    }
}
