package dev.sluice.cli.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting. {@code LOCK_TIMEOUT} is {@code lock_timeout} in {@code sluice.toml}, {@code SLUICE_LOCK_TIMEOUT} in the
 * environment and {@code --lock-timeout} on the command line.
 */
public enum Setting {
    URL(Kind.TEXT, "URL", "The database: postgres://USER@HOST:PORT/DATABASE or a jdbc:postgresql: URL.", ""),
    DIR(Kind.TEXT, "DIR", "Where the migrations are.", "migrations"),
    LAYOUT(Kind.TEXT, "NAME", "How migration files are named; detected when not given.", ""),
    FORMAT(Kind.FORMAT, "text|json", "Form of the output.", "text"),
    LOCK_TIMEOUT(
            Kind.DURATION,
            "TIME",
            "The longest that anyone queues behind us for a lock, at first; doubles up to 500 ms.",
            "50ms",
            Use.RUN),
    LOCK_BUDGET(
            Kind.DURATION, "TIME", "How long one step tries to get its locks before it gives up.", "10min", Use.RUN),
    CANCEL_BLOCKERS(
            Kind.SWITCH,
            "true|false",
            "Whether sessions that are still in the way when the budget is used up may be cancelled.",
            "false",
            Use.RUN),
    WAIT_FOR_RUNNER(
            Kind.DURATION, "TIME", "How long to wait while another Sluice works on the database.", "10min", Use.RUN),
    RECONNECT_FOR(Kind.DURATION, "TIME", "How long to try to get a lost connection back.", "30s", Use.RUN),
    ONLY_BETWEEN(
            Kind.WINDOW,
            "HH:MM-HH:MM",
            "The hours in which steps may start and batches may run, in the time zone of this machine.",
            "",
            Use.RUN),
    BATCH_TIME(
            Kind.DURATION,
            "TIME",
            "How long a batch may take, and so anyone wait for a row: 1ms to 1s.",
            "50ms",
            Use.RUN),
    MAX_REPLICA_LAG(
            Kind.DURATION,
            "TIME",
            "Backfills slow down when a replica lags more, and stop at twice as much; 0s: not looked at.",
            "1500ms",
            Use.RUN),
    DISK_FREE(
            Kind.BYTES,
            "SIZE",
            "What is free on the server's disk, such as 20GB: a plan that would fill it is refused.",
            "",
            Use.RUN),
    WORKERS(
            Kind.NUMBER,
            "N",
            "How many sessions share one backfill, 1 to 32; default: 1, and a second one on an idle database.",
            "",
            Use.RUN),
    ACTOR(Kind.TEXT, "NAME", "Who runs this, for the history; default: the user's name.", "", Use.RUN);

    /** What a value looks like. */
    public enum Kind {
        TEXT,
        FORMAT,
        DURATION,
        SWITCH,
        /** A size in bytes. */
        BYTES,
        /** A whole number from 1 on. */
        NUMBER,
        /** Two times of day. */
        WINDOW
    }

    /** Which commands have a flag for it. */
    public enum Use {
        EVERYWHERE,
        /** Commands that change the database. */
        RUN
    }

    private final Kind kind;
    private final Use use;
    private final String placeholder;
    private final String description;
    private final String defaultValue;

    Setting(Kind kind, String placeholder, String description, String defaultValue) {
        this(kind, placeholder, description, defaultValue, Use.EVERYWHERE);
    }

    Setting(Kind kind, String placeholder, String description, String defaultValue, Use use) {
        this.kind = kind;
        this.use = use;
        this.placeholder = placeholder;
        this.description = description;
        this.defaultValue = defaultValue;
    }

    public Kind kind() {
        return kind;
    }

    public Use use() {
        return use;
    }

    /** What stands for the value in help texts. */
    public String placeholder() {
        return placeholder;
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** The value when nothing is given; empty when there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** The name in {@code sluice.toml}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String variable() {
        return "SLUICE_" + name();
    }

    public String flag() {
        return "--" + key().replace('_', '-');
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }
}
