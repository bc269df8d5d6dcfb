package dev.sluice.cli.settings;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.backfill.DataOptions;
import dev.sluice.cli.Surroundings;
import dev.sluice.migration.NearestName;
import dev.sluice.run.TimeWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of every setting, and where it came from: {@code sluice.toml}, overruled by the environment, overruled by
 * flags. Immutable.
 */
public final class Configuration {
    private static final String PREFIX = "SLUICE_";
    private static final String FILE = "sluice.toml";
    private static final Pattern BYTES = Pattern.compile("(\\d{1,6})\\s*(MB|GB|TB)");
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|min|m|h|d)");

    /** Variables that are not settings: where the file is, and what belongs to the launcher. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("SLUICE_CONFIG", "SLUICE_HOME", "SLUICE_JAVA", "SLUICE_JAVA_OPTS", "SLUICE_CACHE");

    /** What Kubernetes sets in every container for a service that happens to be called sluice. */
    private static final Pattern KUBERNETES = Pattern.compile("SLUICE_(SERVICE|PORT)(_.*)?");

    private final Map<Setting, Value> values;
    private final LintSettings lint;

    private Configuration(Map<Setting, Value> values, LintSettings lint) {
        this.values = values;
        this.lint = lint;
    }

    /**
     * One value.
     *
     * @param origin where it was given, for messages
     * @param base what a relative path in it is relative to
     */
    public record Value(String text, String origin, Path base) {
        public Value {
            requireNonNull(text);
            requireNonNull(origin);
            requireNonNull(base);
        }
    }

    /**
     * @param flags what the command line says
     * @param config the file that {@code --config} names
     * @throws SluiceException with {@link ExitCode#USAGE} for anything that is not understood
     */
    public static Configuration read(Surroundings surroundings, Map<Setting, String> flags, Optional<String> config) {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        Path directory = surroundings.directory();
        Optional<Path> named =
                config.or(() -> surroundings.variable("SLUICE_CONFIG")).map(directory::resolve);
        named.filter(path -> !Files.isRegularFile(path)).ifPresent(path -> {
            throw new SluiceException(ExitCode.USAGE, "There is no settings file " + path + ".");
        });
        Path file = named.orElse(directory.resolve(FILE));
        LintSettings lint = LintSettings.NONE;
        if (Files.isRegularFile(file)) {
            Path shown = file.startsWith(directory) ? directory.relativize(file) : file;
            Path base = Optional.ofNullable(file.getParent()).orElse(directory);
            SettingsFile.Read read = SettingsFile.read(file, shown, base);
            lint = read.lint();
            read.settings().forEach((setting, text) -> values.put(setting, new Value(text, shown.toString(), base)));
        }
        surroundings
                .variable("DATABASE_URL")
                .ifPresent(url -> values.put(Setting.URL, new Value(url, "DATABASE_URL", directory)));
        refuseUnknown(surroundings.environment().keySet());
        for (Setting setting : Setting.values()) {
            surroundings
                    .variable(setting.variable())
                    .ifPresent(text -> values.put(setting, new Value(text, setting.variable(), directory)));
        }
        flags.forEach((setting, text) -> values.put(setting, new Value(text, setting.flag(), directory)));
        Configuration configuration = new Configuration(values, lint);
        configuration.check();
        return configuration;
    }

    /** A setting that is wrong is told at once, not when it is first used in the middle of a run. */
    private void check() {
        for (Setting setting : Setting.values()) {
            switch (setting.kind()) {
                case TEXT -> {}
                case FORMAT ->
                    text(setting)
                            .filter(text -> !text.equals("text") && !text.equals("json"))
                            .ifPresent(text -> {
                                throw wrong(setting, text, "text or json");
                            });
                case DURATION -> duration(setting);
                case SWITCH -> isOn(setting);
                case BYTES -> bytes(setting);
                case NUMBER -> number(setting);
                case WINDOW -> window(setting);
            }
        }
    }

    private static void refuseUnknown(Collection<String> variables) {
        Set<String> known = new TreeSet<>(OTHER_VARIABLES);
        Arrays.stream(Setting.values()).map(Setting::variable).forEach(known::add);
        variables.stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .filter(name -> !KUBERNETES.matcher(name).matches())
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new SluiceException(
                            ExitCode.USAGE,
                            "The environment variable " + name + " is set, which Sluice does not know."
                                    + suggestion(name, List.copyOf(known)));
                });
    }

    /** Compares without the prefix that all variables share: it would make everything look alike. */
    static String suggestion(String written, List<String> known) {
        String prefix = written.startsWith(PREFIX) ? PREFIX : "";
        String word = written.substring(prefix.length());
        List<String> words =
                known.stream().map(name -> name.substring(prefix.length())).toList();
        return words.stream()
                .filter(each -> word.startsWith(each) || each.startsWith(word))
                .findFirst()
                .or(() -> NearestName.of(word, words))
                .map(near -> "\nNext: did you mean " + prefix + near + "?")
                .orElse("\nNext: remove it. Known are: " + String.join(", ", known) + ".");
    }

    /** How the linter judges files; only the settings file says that. */
    public LintSettings lint() {
        return lint;
    }

    /** What was given, without the default. */
    public Optional<Value> given(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** What was given, else the default; empty when there is neither. */
    public Optional<String> text(Setting setting) {
        return given(setting)
                .map(Value::text)
                .or(() -> Optional.of(setting.defaultValue()))
                .filter(text -> !text.isEmpty());
    }

    /** A path setting, made absolute. */
    public Path path(Setting setting, Surroundings surroundings) {
        return given(setting)
                .map(value -> value.base().resolve(value.text()))
                .orElse(surroundings.directory().resolve(setting.defaultValue()))
                .normalize();
    }

    /** Empty when neither given nor defaulted. */
    public Optional<Duration> duration(Setting setting) {
        return text(setting).map(text -> {
            Matcher matcher = DURATION.matcher(text.strip());
            if (!matcher.matches()) {
                throw wrong(setting, text, "a number with a unit: 50ms, 2s, 10min, 1h");
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                default -> Duration.ofMinutes(amount);
            };
        });
    }

    /** Two times of day, in the time zone of this machine; empty when not given. */
    public Optional<TimeWindow> window(Setting setting) {
        return text(setting).map(text -> {
            try {
                return TimeWindow.parse(text, ZoneId.systemDefault());
            } catch (IllegalArgumentException e) {
                throw wrong(setting, text, "two times of day: 01:00-05:00");
            }
        });
    }

    /** Empty when neither given nor defaulted. */
    public Optional<Long> bytes(Setting setting) {
        return text(setting).map(text -> {
            Matcher matcher = BYTES.matcher(text.strip());
            if (!matcher.matches()) {
                throw wrong(setting, text, "a size with a unit: 500MB, 20GB, 2TB");
            }
            return Long.parseLong(matcher.group(1))
                    << switch (matcher.group(2)) {
                        case "MB" -> 20;
                        case "GB" -> 30;
                        default -> 40;
                    };
        });
    }

    /** Empty when neither given nor defaulted. */
    public Optional<Integer> number(Setting setting) {
        return text(setting).map(text -> {
            if (!text.strip().matches("[1-9]\\d?") || Integer.parseInt(text.strip()) > DataOptions.MOST_WORKERS) {
                throw wrong(setting, text, "a number from 1 to " + DataOptions.MOST_WORKERS);
            }
            return Integer.parseInt(text.strip());
        });
    }

    public boolean isOn(Setting setting) {
        return text(setting)
                .map(text -> switch (text.strip()) {
                    case "true", "on", "yes", "1" -> true;
                    case "false", "off", "no", "0" -> false;
                    default -> throw wrong(setting, text, "true or false");
                })
                .orElse(false);
    }

    private SluiceException wrong(Setting setting, String text, String wanted) {
        String origin = given(setting).map(Value::origin).orElse("the default");
        return new SluiceException(
                ExitCode.USAGE,
                "'" + text + "' (from " + origin + ") is no value for " + setting.key() + ": it takes " + wanted + ".");
    }
}
