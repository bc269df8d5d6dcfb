package dev.sluice.cli.scaffold;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The first draft of a migration.
 *
 * @param name in snake case
 * @param up SQL, or a comment that says what belongs here
 * @param down likewise
 */
public record Draft(String name, String up, String down) {
    private static final Pattern CREATE = Pattern.compile("create_(?<table>.+)");
    private static final Pattern ADD = Pattern.compile("add_(?<what>.+)_to_(?<table>.+)");
    private static final Pattern REMOVE = Pattern.compile("(?:remove|drop)_(?<what>.+)_from_(?<table>.+)");
    private static final Pattern RENAME = Pattern.compile("rename_(?<from>.+)_to_(?<to>.+)_(?:in|on)_(?<table>.+)");

    public Draft {
        requireNonNull(name);
        requireNonNull(up);
        requireNonNull(down);
    }

    /** @throws SluiceException with {@link ExitCode#USAGE} for a name without a letter or columns without a table */
    public static Draft of(String written, List<String> columnTexts) {
        String name = Names.snake(written);
        if (name.isEmpty()) {
            throw new SluiceException(
                    ExitCode.USAGE, "'" + written + "' is no name for a migration: it has no letter.");
        }
        List<ColumnSpec> columns = columnTexts.stream().map(ColumnSpec::parse).toList();
        Matcher rename = RENAME.matcher(name);
        if (rename.matches() && columns.isEmpty()) {
            return rename(name, rename.group("table"), rename.group("from"), rename.group("to"));
        }
        Matcher create = CREATE.matcher(name);
        if (create.matches() && (!columns.isEmpty() || !create.group("table").contains("_index"))) {
            return create(name, create.group("table"), columns);
        }
        Matcher add = ADD.matcher(name);
        if (add.matches() && !columns.isEmpty()) {
            return add(name, add.group("table"), columns);
        }
        Matcher remove = REMOVE.matcher(name);
        if (remove.matches() && !columns.isEmpty()) {
            return remove(name, remove.group("table"), columns);
        }
        if (!columns.isEmpty()) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "The name '" + name + "' does not say which table the columns belong to.\n"
                            + "Next: name it create_TABLE, add_SOMETHING_to_TABLE or remove_SOMETHING_from_TABLE.");
        }
        return new Draft(
                name,
                "-- Write the change as you would for an empty database.",
                "-- Write the inverse; Sluice derives it where it is exact (renames, added things) if you leave this empty.");
    }

    private static Draft create(String name, String table, List<ColumnSpec> columns) {
        List<String> lines = new ArrayList<>();
        if (columns.stream().noneMatch(column -> column.name().equals("id"))) {
            lines.add("id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
        }
        columns.forEach(column -> lines.add(column.definition()));
        String up = "CREATE TABLE " + Identifier.quote(table) + " (\n    " + String.join(",\n    ", lines) + "\n);"
                + indexes(table, columns);
        return new Draft(name, up, "DROP TABLE " + Identifier.quote(table) + ";");
    }

    private static Draft add(String name, String table, List<ColumnSpec> columns) {
        String up = columns.stream()
                        .map(column -> alter(table, "ADD COLUMN " + column.definition()))
                        .collect(Collectors.joining("\n"))
                + indexes(table, columns);
        return new Draft(name, up, drops(table, columns));
    }

    private static Draft remove(String name, String table, List<ColumnSpec> columns) {
        String down = columns.stream()
                .map(column -> alter(table, "ADD COLUMN " + column.definition()))
                .collect(Collectors.joining("\n"));
        return new Draft(name, drops(table, columns), down);
    }

    private static Draft rename(String name, String table, String from, String to) {
        return new Draft(
                name,
                alter(table, "RENAME COLUMN " + Identifier.quote(from) + " TO " + Identifier.quote(to)),
                alter(table, "RENAME COLUMN " + Identifier.quote(to) + " TO " + Identifier.quote(from)));
    }

    private static String drops(String table, List<ColumnSpec> columns) {
        List<ColumnSpec> backwards = new ArrayList<>(columns);
        Collections.reverse(backwards);
        return backwards.stream()
                .map(column -> alter(table, "DROP COLUMN " + Identifier.quote(column.name())))
                .collect(Collectors.joining("\n"));
    }

    private static String indexes(String table, List<ColumnSpec> columns) {
        return columns.stream()
                .filter(ColumnSpec::index)
                .map(column ->
                        "\nCREATE INDEX ON " + Identifier.quote(table) + " (" + Identifier.quote(column.name()) + ");")
                .collect(Collectors.joining());
    }

    private static String alter(String table, String action) {
        return "ALTER TABLE " + Identifier.quote(table) + " " + action + ";";
    }
}
