package dev.sluice.cli;

import com.google.gson.JsonObject;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.connection.NoConnectionException;
import dev.sluice.cli.render.Json;
import dev.sluice.cli.render.RefusalText;
import dev.sluice.planner.PlanRefusedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.Locale;

/** Tells the user what went wrong: text on standard error, and with {@code --format json} an object on standard output. */
final class ErrorReport {
    private final Console console;

    ErrorReport(Console console) {
        this.console = console;
    }

    /** @return what the process should exit with */
    ExitCode report(Throwable e) {
        if (e instanceof PlanRefusedException refused && !refused.refusals().isEmpty()) {
            String file = refused.refusals().get(0).source().file();
            console.error(
                    RefusalText.text(file, refused.refusals(), console.look().err()));
            json(refused.exitCode(), String.valueOf(refused.getMessage()));
            return refused.exitCode();
        }
        if (e instanceof SluiceException known) {
            show(known.exitCode(), message(known));
            trace(e);
            return known.exitCode();
        }
        if (e instanceof InvalidPathException path) {
            show(
                    ExitCode.USAGE,
                    "No file can have this name: '" + path.getInput() + "' (" + path.getReason() + ")."
                            + "\nNext: correct the option or setting that names it.");
            return ExitCode.USAGE;
        }
        String what = e.getMessage() == null ? "" : ": " + e.getMessage();
        show(
                ExitCode.ERROR,
                "Internal error: " + e.getClass().getSimpleName() + what
                        + "\nThis is a bug in Sluice. Next: run `sluice status` to see where the database stands"
                        + (console.isVerbose() ? "." : "; add -v for the stack trace."));
        trace(e);
        return ExitCode.ERROR;
    }

    /** A command line that is not understood. */
    void usage(String message, String command) {
        show(ExitCode.USAGE, message + "\nTry: " + command + " --help");
    }

    private void show(ExitCode code, String message) {
        console.error(console.look().err().red("error:") + " " + message);
        json(code, message);
    }

    private void json(ExitCode code, String message) {
        if (console.isJson()) {
            JsonObject error = new JsonObject();
            error.addProperty("code", code.name().toLowerCase(Locale.ROOT));
            error.addProperty("exitCode", code.code());
            error.addProperty("message", console.redaction().apply(message));
            JsonObject object = new JsonObject();
            object.add("error", error);
            console.result(Json.pretty(object));
        }
    }

    /** The driver's wrapping adds nothing to a message that was written for the user. */
    private static String message(SluiceException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoConnectionException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return String.valueOf(e.getMessage());
    }

    private void trace(Throwable e) {
        if (console.isVerbose()) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            console.detail(console.look().err().dim(trace.toString()));
        }
    }
}
