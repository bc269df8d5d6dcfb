package dev.sluice.lab;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command of the operating system that was run to its end. Its output is standard output and error together. */
record Tool(int exitCode, String output) {

    /** Runs it, with nothing on its standard input, and waits for its end. */
    static Tool run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        clean(builder);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Tool(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted while running " + command.get(0)).initCause(e);
        }
    }

    /** Takes out what would make PostgreSQL's programs behave differently for this user: PGPORT, PGDATA, translations. */
    static void clean(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
    }
}
