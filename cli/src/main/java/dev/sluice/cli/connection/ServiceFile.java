package dev.sluice.cli.connection;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@code pg_service.conf} (PostgreSQL documentation, "The Connection Service File"). */
final class ServiceFile {
    private ServiceFile() {}

    /** The parameters of one service, under libpq's names. */
    static Map<String, String> read(Path file, String service) {
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean within = false;
        boolean found = false;
        try {
            for (String raw : Files.readAllLines(file)) {
                String line = raw.strip();
                if (line.startsWith("[") && line.endsWith("]")) {
                    within = line.substring(1, line.length() - 1).equals(service);
                    found |= within;
                } else if (within && !line.isEmpty() && !line.startsWith("#")) {
                    int equals = line.indexOf('=');
                    if (equals > 0) {
                        parameters.put(
                                line.substring(0, equals).strip(),
                                line.substring(equals + 1).strip());
                    }
                }
            }
        } catch (IOException e) {
            throw missing(service, file, "it cannot be read");
        }
        if (!found) {
            throw missing(service, file, "it has no section [" + service + "]");
        }
        return parameters;
    }

    private static SluiceException missing(String service, Path file, String why) {
        return new SluiceException(
                ExitCode.USAGE,
                "The connection service '" + service + "' is not in " + file + ": " + why
                        + ".\nNext: correct PGSERVICE or the file (PGSERVICEFILE names another one).");
    }
}
