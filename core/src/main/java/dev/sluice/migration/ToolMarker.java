package dev.sluice.migration;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Comments by which a tool tells up from down within a file. A file that has one must not be read in another tool's
 * layout, because its down section would run as part of up.
 */
enum ToolMarker {
    GOOSE("goose", true, "\\+goose\\s+(?:up|down)\\b.*"),
    SQL_MIGRATE("sql-migrate", true, "\\+migrate\\s+(?:up|down)\\b.*"),
    NODE_PG_MIGRATE("node-pg-migrate", true, "(?:up|down)\\s+migration\\b.*"),
    LIQUIBASE("Liquibase formatted SQL", false, "liquibase\\s+formatted\\s+sql\\b.*"),
    MYBATIS("MyBatis migrations", false, "//\\s*@undo\\b.*"),
    RAMBLER("rambler", false, "rambler\\s+(?:up|down)\\b.*");

    /** The tool as people call it; for a tool that has a layout, that is the layout's id. */
    final String tool;

    private final boolean layout;
    private final Pattern body;

    ToolMarker(String tool, boolean layout, String body) {
        this.tool = tool;
        this.layout = layout;
        this.body = Pattern.compile(body, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The tool whose marker the file has, if any; only comments on lines of their own count. */
    static Optional<ToolMarker> of(SourceFile file) {
        return file.scanned().comments().stream()
                .filter(Comment::ownLine)
                .flatMap(comment -> Arrays.stream(values())
                        .filter(marker -> marker.body.matcher(comment.body()).matches()))
                .findFirst();
    }

    boolean in(SourceFile file) {
        return of(file).filter(this::equals).isPresent();
    }

    /** What to do with a file that has this marker and is being read as something else. */
    String advice() {
        return "has markers of " + tool
                + ", so part of it may be a way back or conditional, and running all of it would"
                + " be wrong. "
                + (layout
                        ? "Use --layout " + tool + " with files of that kind only"
                        : "Sluice does not read that format: make it '-- migrate:up' and '-- migrate:down'");
    }
}
