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
    FORMAT(Kind.FORMAT, "text|json", "Form of the output.", "text");

    /** What a value looks like. */
    public enum Kind {
        TEXT,
        FORMAT,
        DURATION,
        NUMBER,
        SWITCH
    }

    private final Kind kind;
    private final String placeholder;
    private final String description;
    private final String defaultValue;

    Setting(Kind kind, String placeholder, String description, String defaultValue) {
        this.kind = kind;
        this.placeholder = placeholder;
        this.description = description;
        this.defaultValue = defaultValue;
    }

    public Kind kind() {
        return kind;
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
