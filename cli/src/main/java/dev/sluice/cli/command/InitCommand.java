package dev.sluice.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.render.Json;
import dev.sluice.cli.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sluice init}. */
@Command(
        name = "init",
        description = {
            "Set up a project: a directory for migrations, and sluice.toml.",
            "Existing files are left alone.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice init",
            "  sluice init --dir src/main/resources/db/migration      keep the Flyway files you have"
        })
final class InitCommand implements Callable<Integer> {
    private final RootCommand root;

    InitCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = root.surroundings().directory();
        Path migrations = root.configuration().path(Setting.DIR, root.surroundings());
        Path settings = directory.resolve("sluice.toml");
        List<String> created = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        String shown = migrations.startsWith(directory)
                ? directory.relativize(migrations).toString().replace('\\', '/')
                : migrations.toString();
        if (Files.isDirectory(migrations)) {
            kept.add(shown);
        } else if (Files.exists(migrations)) {
            throw new SluiceException(
                    ExitCode.USAGE, shown + " is not a directory.\nNext: name another one with --dir.");
        } else {
            Files.createDirectories(migrations);
            created.add(shown);
        }
        if (Files.exists(settings)) {
            kept.add("sluice.toml");
        } else {
            Files.writeString(settings, template().replace("{dir}", shown));
            created.add("sluice.toml");
        }
        report(created, kept);
        return ExitCode.OK.code();
    }

    private void report(List<String> created, List<String> kept) {
        if (root.console().isJson()) {
            JsonObject result = new JsonObject();
            result.add("created", strings(created));
            result.add("kept", strings(kept));
            root.console().result(Json.pretty(result));
            return;
        }
        created.forEach(file -> root.console().out("created  " + file));
        kept.forEach(file -> root.console().out("kept     " + file));
        root.console().note("""

                Next: set DATABASE_URL (or url in sluice.toml, without a password), then
                  sluice new add_full_name_to_users full_name:text
                  sluice plan""");
    }

    private static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static String template() throws IOException {
        try (var in = InitCommand.class.getResourceAsStream("sluice.toml")) {
            if (in == null) {
                throw new IllegalStateException("the template of sluice.toml is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
