package dev.sluice.lab.bench.tool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the machine is, as far as it says so. */
public final class Machine {
    private Machine() {}

    public static Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        line("/proc/cpuinfo", "model name").ifPresent(text -> facts.put("processor", text));
        line("/proc/meminfo", "MemTotal")
                .map(text -> text.replaceAll("[^0-9]", ""))
                .ifPresent(kilobytes ->
                        facts.put("memory", String.format(Locale.ROOT, "%.0f GB", Long.parseLong(kilobytes) / 1e6)));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("Java of the benchmark", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("disk", disk());
        first("/proc/loadavg").ifPresent(text -> facts.put("load average at the start", text.split(" ", -1)[0]));
        return facts;
    }

    /** As its {@code release} file says. */
    public static Optional<String> javaVersion(Path home) {
        return line(home.resolve("release").toString(), "JAVA_VERSION").map(text -> text.replace("\"", ""));
    }

    /** The 1-minute load average; NaN where there is none. */
    public static double load() {
        return first("/proc/loadavg")
                .map(text -> Double.parseDouble(text.split(" ", -1)[0]))
                .orElse(Double.NaN);
    }

    private static String disk() {
        try {
            FileStore store = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
            String device = store.name().replaceFirst(".*/", "");
            String base = device.startsWith("nvme")
                    ? device.replaceFirst("p[0-9]+$", "")
                    : device.replaceFirst("[0-9]+$", "");
            String kind = first("/sys/block/" + base + "/queue/rotational")
                    .map(text -> text.equals("0") ? "says it does not rotate" : "says it rotates")
                    .orElse("kind unknown");
            return store.type() + " on " + device + ", " + kind;
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Optional<String> first(String file) {
        return lines(file).stream().findFirst();
    }

    private static Optional<String> line(String file, String key) {
        return lines(file).stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.substring(key.length()).replaceFirst("^\\s*[:=]\\s*", ""));
    }

    private static java.util.List<String> lines(String file) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.limit(200).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return java.util.List.of();
        }
    }
}
