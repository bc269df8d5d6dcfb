package dev.sluice.lab;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The major versions of PostgreSQL that Sluice supports and the lab can start. */
public enum PostgresVersion {
    V14(14),
    V15(15),
    V16(16),
    V17(17),
    V18(18);

    private final int major;

    PostgresVersion(int major) {
        this.major = major;
    }

    /** The number PostgreSQL gives to the major version, such as 18. */
    public int major() {
        return major;
    }

    /** The newest supported version: what is used where none is asked for. */
    public static PostgresVersion newest() {
        return V18;
    }

    /** The version that this run tests: system property {@code sluice.test.postgres}, else the newest. */
    public static PostgresVersion tested() {
        return ofMajor(Integer.getInteger("sluice.test.postgres", newest().major()));
    }

    /**
     * The version of that number.
     *
     * @throws SluiceException if Sluice does not support it
     */
    public static PostgresVersion ofMajor(int major) {
        return Arrays.stream(values())
                .filter(version -> version.major == major)
                .findFirst()
                .orElseThrow(() -> new SluiceException(
                        ExitCode.USAGE,
                        "PostgreSQL " + major + " is not supported; choose one of "
                                + Arrays.stream(values())
                                        .map(version -> Integer.toString(version.major))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
