package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.run.MigrationState;
import dev.sluice.run.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the database stands. */
public final class StatusText {
    private StatusText() {}

    /** A table of all migrations, and what to do about those that are not at rest. */
    public static String text(Status status, Instant now, Style style) {
        StringBuilder text = new StringBuilder();
        if (status.migrations().isEmpty()) {
            return "There are no migrations yet.\nNext: sluice new add_full_name_to_users full_name:text\n";
        }
        TextTable table = new TextTable()
                .row(
                        style.dim("version"),
                        style.dim("name"),
                        style.dim("state"),
                        style.dim("since"),
                        style.dim("took"));
        for (Status.Entry entry : status.migrations()) {
            table.row(
                    entry.version(),
                    entry.name(),
                    state(entry, style),
                    Moments.text(entry.finishedAt().or(entry::startedAt)),
                    took(entry));
        }
        text.append(table.render());
        status.runner()
                .ifPresent(runner ->
                        text.append("\nAt work right now: ").append(runner).append('\n'));
        for (Status.Entry entry : status.migrations()) {
            attention(entry, now, style, text);
        }
        text.append('\n').append(summary(status, style)).append('\n');
        return text.toString();
    }

    /** One line for each: version, name, state. */
    public static String names(List<Status.Entry> entries) {
        TextTable table = new TextTable();
        entries.forEach(entry ->
                table.row("  " + entry.version(), entry.name(), entry.state().text()));
        return table.render();
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static String json(Status status) {
        JsonObject object = new JsonObject();
        object.addProperty("journalled", status.journalled());
        object.addProperty("upToDate", !status.hasPending() && !status.differsFromFiles());
        status.runner().ifPresent(runner -> object.addProperty("runner", runner));
        JsonArray migrations = new JsonArray();
        for (Status.Entry entry : status.migrations()) {
            JsonObject item = new JsonObject();
            item.addProperty("version", entry.version());
            item.addProperty("name", entry.name());
            item.addProperty("state", entry.state().text());
            entry.file().ifPresent(file -> item.addProperty("file", file));
            item.addProperty("changedSinceApplied", entry.changedSinceApplied());
            entry.startedAt().ifPresent(at -> item.addProperty("startedAt", at.toString()));
            entry.finishedAt().ifPresent(at -> item.addProperty("finishedAt", at.toString()));
            entry.step().ifPresent(step -> {
                JsonObject json = new JsonObject();
                json.addProperty("id", step.id());
                json.addProperty("title", step.title());
                json.addProperty("state", step.state());
                json.addProperty("number", step.number());
                json.addProperty("count", step.count());
                item.add("step", json);
            });
            entry.lastError().ifPresent(error -> item.addProperty("lastError", error));
            entry.next().ifPresent(next -> item.addProperty("next", next));
            migrations.add(item);
        }
        object.add("migrations", migrations);
        return Json.pretty(object);
    }

    private static String state(Status.Entry entry, Style style) {
        String text = entry.state().text();
        if (entry.lastError().isPresent() && entry.state().isUnfinished()) {
            return style.red(text + " (failed)");
        }
        return switch (entry.state()) {
            case PENDING, REVERTED -> style.yellow(text);
            case EXPANDING, CONTRACTING, PURGING, REVERTING, EXPANDED -> style.cyan(text);
            case APPLIED, PURGED -> style.green(text);
        };
    }

    private static String took(Status.Entry entry) {
        Optional<Duration> took =
                entry.startedAt().flatMap(start -> entry.finishedAt().map(end -> Duration.between(start, end)));
        return took.filter(time -> !time.isNegative()).map(Quantities::time).orElse("");
    }

    private static void attention(Status.Entry entry, Instant now, Style style, StringBuilder text) {
        boolean quiet = !entry.state().isOpen()
                && !entry.state().isUnfinished()
                && !entry.changedSinceApplied()
                && (entry.file().isPresent() || entry.state() == MigrationState.REVERTED);
        if (quiet) {
            return;
        }
        text.append('\n')
                .append(style.bold(entry.version() + " " + entry.name()))
                .append('\n');
        if (entry.state() == MigrationState.EXPANDED) {
            text.append("  expanded").append(since(entry.finishedAt(), now));
            text.append(": both versions of the application work\n");
        } else if (entry.state().isOpen() || entry.state().isUnfinished()) {
            text.append("  ")
                    .append(entry.state().text())
                    .append(since(entry.startedAt(), now))
                    .append('\n');
        }
        if (entry.changedSinceApplied()) {
            text.append("  ")
                    .append(style.yellow(
                            "its file has changed since it ran: take the edit back, as up and contract refuse it"))
                    .append('\n');
        }
        if (entry.file().isEmpty()) {
            text.append("  ")
                    .append(style.yellow("its file is gone: restore it, as up refuses to go on without"))
                    .append('\n');
        }
        entry.step()
                .ifPresent(step -> text.append("  step ")
                        .append(step.number())
                        .append('/')
                        .append(step.count())
                        .append(' ')
                        .append(step.title())
                        .append(": ")
                        .append(step.state())
                        .append('\n'));
        entry.lastError()
                .ifPresent(error -> text.append("  ")
                        .append(style.red("error"))
                        .append(' ')
                        .append(error.strip().replace("\n", "\n  "))
                        .append('\n'));
        entry.next().ifPresent(next -> text.append("  next: ").append(next).append('\n'));
    }

    private static String since(Optional<Instant> start, Instant now) {
        return start.filter(at -> !at.isAfter(now))
                .map(at -> " for " + Quantities.time(Duration.between(at, now)))
                .orElse("");
    }

    private static String summary(Status status, Style style) {
        long pending = status.migrations().stream()
                .filter(entry -> entry.state().isPending())
                .count();
        long open = status.migrations().stream()
                .filter(entry -> entry.state().isOpen())
                .count();
        long differing = status.migrations().stream()
                .filter(entry -> !entry.state().isPending())
                .filter(entry -> entry.changedSinceApplied() || entry.file().isEmpty())
                .count();
        if (pending == 0 && open == 0) {
            String all = Quantities.of(status.migrations().size(), "migration") + ".";
            return differing == 0
                    ? style.green("Up to date.") + " " + all
                    : style.yellow("Nothing is pending, but files differ from what was applied: "
                                    + Quantities.count(differing) + ".")
                            + " " + all;
        }
        // A purge is no reason to wait with what is pending.
        String next = status.migrations().stream()
                .filter(entry -> entry.state().isOpen()
                        || entry.state().isUnfinished()
                        || entry.state().isPending())
                .flatMap(entry -> entry.next().stream())
                .findFirst()
                .orElse("sluice plan, then sluice up");
        return String.format(
                Locale.ROOT, "%s pending, %s open. Next: %s", Quantities.count(pending), Quantities.count(open), next);
    }
}
