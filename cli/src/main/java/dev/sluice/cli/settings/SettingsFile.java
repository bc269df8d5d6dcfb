package dev.sluice.cli.settings;

import com.electronwill.nightconfig.core.CommentedConfig;
import com.electronwill.nightconfig.core.UnmodifiableConfig;
import com.electronwill.nightconfig.core.io.ParsingException;
import com.electronwill.nightconfig.toml.TomlParser;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Reads {@code sluice.toml}. Loaded only when there is such a file: the TOML library costs 40 ms of start-up. */
final class SettingsFile {
    /** What the file says. */
    record Read(Map<Setting, String> settings, LintSettings lint) {}

    private SettingsFile() {}

    /**
     * @param shown the file as messages name it
     * @param base what patterns of paths in it are relative to
     * @throws SluiceException with {@link ExitCode#USAGE} for a file that cannot be read or a key nobody knows
     */
    static Read read(Path file, Path shown, Path base) {
        try {
            return settings(shown, base, new TomlParser().parse(Files.readString(file)));
        } catch (IOException e) {
            throw new SluiceException(ExitCode.USAGE, "The settings file " + shown + " cannot be read: " + e, e);
        } catch (ParsingException e) {
            throw new SluiceException(
                    ExitCode.USAGE, "The settings file " + shown + " is not TOML: " + e.getMessage(), e);
        }
    }

    private static Read settings(Path file, Path base, CommentedConfig toml) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        LintSettings lint = LintSettings.NONE;
        for (UnmodifiableConfig.Entry entry : toml.entrySet()) {
            String key = entry.getKey();
            Object value = entry.getValue();
            if (key.equals("lint")) {
                lint = new LintSection(file).read(base, value);
                continue;
            }
            Setting setting = Setting.ofKey(key)
                    .orElseThrow(() -> new SluiceException(
                            ExitCode.USAGE,
                            "The settings file " + file + " has the key '" + key + "', which Sluice does not know."
                                    + Configuration.suggestion(key, Setting.keys())));
            if (value instanceof UnmodifiableConfig || value instanceof Iterable<?>) {
                throw new SluiceException(
                        ExitCode.USAGE,
                        "The settings file " + file + ": '" + key + "' takes one value, not a table or a list.");
            }
            settings.put(setting, String.valueOf(value));
        }
        return new Read(settings, lint);
    }
}
