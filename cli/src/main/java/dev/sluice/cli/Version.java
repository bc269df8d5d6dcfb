package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which Sluice this is. */
public final class Version {
    private Version() {}

    /** From the build; {@code unknown} when run from somewhere else. */
    public static String sluice() {
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    static String line() {
        return "sluice " + sluice() + " (Java " + Runtime.version().feature() + ")";
    }
}
