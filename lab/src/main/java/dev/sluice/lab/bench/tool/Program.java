package dev.sluice.lab.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param seconds from before its start to after its end
 * @param peakMemory the most memory it had in use, in bytes (Linux: VmHWM, looked at every 10 ms); 0 when unknown
 * @param output standard output and error together
 */
public record Program(int exitCode, double seconds, long peakMemory, String output) {

    /**
     * @param environment added to ours
     * @param limit seconds after which it is killed
     * @throws IOException when it cannot be started, or was killed for the limit
     */
    public static Program run(List<String> command, Map<String, String> environment, long limit) throws IOException {
        Path output = Files.createTempFile("sluice-bench-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("SLUICE_"));
            builder.environment().putAll(environment);
            long start = System.nanoTime();
            Process process = builder.start();
            long peak = 0;
            try {
                while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
                    peak = Math.max(peak, peakMemory(process.pid()).orElse(0));
                    if (System.nanoTime() - start > limit * 1e9) {
                        throw new LimitReached(command.get(0) + " did not end within " + limit + " s");
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while " + command.get(0) + " ran", e);
            } finally {
                process.destroyForcibly();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Program(process.exitValue(), seconds, peak, plain(Files.readString(output)));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** A program was killed because it took too long. */
    public static final class LimitReached extends IOException {
        private static final long serialVersionUID = 1;

        LimitReached(String message) {
            super(message);
        }
    }

    /** Without colours, and without what a progress display has overwritten. */
    private static String plain(String output) {
        return output.replaceAll("\u001B\\[[0-9;?]*[a-zA-Z]", "").replaceAll("(?m)^.*\r(?!$)", "");
    }

    /** @throws IOException with its output, unless it ended with 0 */
    public Program requireSuccess(String what) throws IOException {
        if (exitCode != 0) {
            throw new IOException(what + " ended with " + exitCode + ": " + output.strip());
        }
        return this;
    }

    private static OptionalLong peakMemory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
