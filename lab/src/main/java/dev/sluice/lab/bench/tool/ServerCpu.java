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
    private static final int MOST_TRIES = 50;

    private ServerCpu() {}

    private record Stat(long parent, long own, long ofDeadChildren) {}

    /** 0 where this cannot be read. */
    static double seconds(long postmaster) {
        Path main = PROC.resolve(Long.toString(postmaster));
        long ticks = 0;
        // a child that is waited for between our two looks would be in neither
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Stat> before = stat(main);
            ticks = before.map(stat -> stat.own() + stat.ofDeadChildren()).orElse(0L) + living(postmaster);
            if (before.map(Stat::ofDeadChildren).equals(stat(main).map(Stat::ofDeadChildren))) {
                break;
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long living(long postmaster) {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(path ->
                            Character.isDigit(path.getFileName().toString().charAt(0)))
                    .flatMap(path -> stat(path).stream())
                    .filter(stat -> stat.parent() == postmaster)
                    .mapToLong(Stat::own)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
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
