package dev.sluice.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.render.Json;
import dev.sluice.cli.scaffold.Draft;
import dev.sluice.cli.scaffold.FileForm;
import dev.sluice.cli.settings.Setting;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice new}. */
@Command(
        name = "new",
        description = {
            "Write the first draft of a migration.",
            "",
            "A name of the form create_TABLE, add_X_to_TABLE, remove_X_from_TABLE or",
            "rename_A_to_B_in_TABLE, together with columns, gives finished SQL.",
            "The file follows the layout that the directory already has.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice new add_full_name_to_users full_name:text",
            "  sluice new create_orders user:references! total:numeric(10,2)! status:text:index",
            "  sluice new rename_email_to_email_address_in_users",
            "  sluice new tidy_up_accounts                       an empty one"
        })
final class NewCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(index = "0", paramLabel = "NAME", description = "What the migration does: add_full_name_to_users.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "column:type",
            description =
                    "Columns. Add ! for NOT NULL, :unique, :index, :default=VALUE; type references makes a foreign key.")
    private List<String> columns = new ArrayList<>();

    NewCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Draft draft = Draft.of(name, columns);
        Path directory = root.project().directory();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new SluiceException(
                    ExitCode.USAGE, directory + " is not a directory.\nNext: name another one with --dir.");
        }
        Existing existing = existing(directory);
        String version = FileForm.nextVersion(
                existing.versions(), root.surroundings().clock().instant());
        JsonArray written = new JsonArray();
        for (Map.Entry<String, String> file :
                FileForm.files(existing.layout(), version, draft).entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            String shown = root.project().shown(path);
            written.add(shown);
            if (!root.console().isJson()) {
                root.console().out("created  " + shown);
            }
        }
        if (root.console().isJson()) {
            JsonObject result = new JsonObject();
            result.addProperty("version", version);
            result.addProperty("name", draft.name());
            result.add("created", written);
            root.console().result(Json.pretty(result));
        } else {
            root.console().note("Next: edit it, then sluice plan");
        }
        return ExitCode.OK.code();
    }

    private record Existing(String layout, List<String> versions) {}

    private Existing existing(Path directory) {
        if (!Files.isDirectory(directory)) {
            return new Existing(root.configuration().text(Setting.LAYOUT).orElse("native"), List.of());
        }
        MigrationFiles files = root.project().files();
        return new Existing(
                files.layout(),
                files.migrations().stream().map(Migration::version).toList());
    }
}
