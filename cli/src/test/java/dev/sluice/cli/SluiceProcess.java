package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, to be killed or stopped. */
final class SluiceProcess implements AutoCloseable {

    /** A read that waits for a process cannot be interrupted: it ends with the process. */
    private static final Duration LONGEST = Duration.ofSeconds(100);

    private final Process process;

    private SluiceProcess(Process process) {
        this.process = process;
    }

    /** What it says on standard error is to be read by the caller; the rest is thrown away. */
    static SluiceProcess start(Path directory, String url, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("DATABASE_URL", url);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new SluiceProcess(process);
    }

    Process process() {
        return process;
    }

    /** @param name such as KILL */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits for its end. */
    Ended end() throws IOException, InterruptedException {
        String said = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    record Ended(int code, String err) {}

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
