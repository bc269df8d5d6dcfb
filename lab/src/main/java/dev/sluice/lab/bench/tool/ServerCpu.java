package dev.sluice.lab.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time as Linux counts it (proc(5), fields 14 to 17 of stat, in ticks of 10 ms): that of the postmaster, of the
 * children that it has waited for, and of those that still run.
 */
final class ServerCpu {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;

    private ServerCpu() {}

    private record Stat(long parent, long own, long ofDeadChildren) {}

    /** 0 where this cannot be read. */
    static double seconds(long postmaster) {
        Optional<Stat> main = stat(PROC.resolve(Long.toString(postmaster)));
        if (main.isEmpty()) {
            return 0;
        }
        long ticks = main.get().own() + main.get().ofDeadChildren();
        try (Stream<Path> processes = Files.list(PROC)) {
            ticks += processes
                    .filter(path ->
                            Character.isDigit(path.getFileName().toString().charAt(0)))
                    .flatMap(path -> stat(path).stream())
                    .filter(stat -> stat.parent() == postmaster)
                    .mapToLong(Stat::own)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static Optional<Stat> stat(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new Stat(
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
        } catch (IOException processIsGone) {
            return Optional.empty();
        }
    }
}
