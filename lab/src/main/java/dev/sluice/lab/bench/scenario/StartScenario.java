package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Method;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Spread;
import dev.sluice.lab.bench.Stage;
import dev.sluice.lab.bench.Target;
import dev.sluice.lab.bench.Tools;
import dev.sluice.lab.bench.Variant;
import dev.sluice.lab.bench.tool.BenchServer;
import dev.sluice.lab.bench.tool.Database;
import dev.sluice.lab.bench.tool.Machine;
import dev.sluice.lab.bench.tool.Pgroll;
import dev.sluice.lab.bench.tool.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long one waits for a command that has little to do. */
final class StartScenario implements Scenario {
    private static final String JVM = "java -version";
    private static final double MEGABYTE = 1e6;
    /** Done, and done but something is pending. */
    private static final List<Integer> GOOD = List.of(0, 2);

    @Override
    public String id() {
        return "start";
    }

    @Override
    public String title() {
        return "Start of the program";
    }

    @Override
    public String about() {
        return """
            `./sluice`, from the command to its end, as the median of some starts in a row after a first one that does not count
            (it makes the archive of loaded classes, once for each build and JDK). The project has 20 migrations, of which one
            is not applied; the database is small. *java -version* is what the JVM takes by itself. pgroll is a native program,
            and is the same in each table.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of("sluice --version", "sluice status", "sluice plan", JVM, "pgroll --version", "pgroll status");
    }

    @Override
    public String reference() {
        return JVM;
    }

    @Override
    public List<Measure> measures() {
        return List.of(Measure.plotted("time", "time", "ms", 0), Measure.listed("memory", "most memory", "MB", 0));
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public List<Variant> variants(Tools tools) {
        if (tools.launcher().isEmpty()) {
            return List.of();
        }
        List<Variant> variants = new ArrayList<>();
        for (Path jdk : tools.jdks()) {
            variants.add(new Variant(
                    "JDK " + Machine.javaVersion(jdk).orElse("?"),
                    6,
                    tools.sizes().starts(),
                    () -> new StartStage(tools, tools.launcher().get(), jdk)));
        }
        return variants;
    }

    private static final class StartStage implements Stage {
        private final Tools tools;
        private final BenchServer server;
        private final Path launcher;
        private final Path jdk;
        private final List<String> project;
        private final Database database;
        private final Database peer;

        StartStage(Tools tools, Path launcher, Path jdk) throws Exception {
            this.tools = tools;
            this.launcher = launcher;
            this.jdk = jdk;
            server = tools.server();
            database = server.empty();
            peer = server.empty();
            Path directory = Files.createTempDirectory(tools.scratch(), "project-");
            for (int i = 10; i < 30; i++) {
                Files.writeString(
                        directory.resolve("202601010000" + i + "_table.sql"),
                        "-- migrate:up\nCREATE TABLE t" + i + " (id bigint PRIMARY KEY, name text);\n");
            }
            project = List.of("--url", database.url(), "--dir", directory.toString());
            run(sluice("up")).requireSuccess("sluice up");
            Files.writeString(
                    directory.resolve("20260102000000_column.sql"),
                    "-- migrate:up\nALTER TABLE t10 ADD COLUMN note text;\nCREATE INDEX t10_name ON t10 (name);\n");
            if (tools.pgroll().isPresent()) {
                tools.pgroll(60).get().adopt(peer);
            }
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            methods.add(method("sluice --version", List.of(launcher.toString(), "--version")));
            methods.add(method("sluice status", sluice("status")));
            methods.add(method("sluice plan", sluice("plan")));
            methods.add(method(JVM, List.of(jdk.resolve("bin/java").toString(), "-version")));
            tools.pgroll().ifPresent(pgroll -> {
                methods.add(method(Pgroll.NAME + " --version", List.of(pgroll.toString(), "--version")));
                methods.add(method(
                        Pgroll.NAME + " status",
                        List.of(pgroll.toString(), "--postgres-url", peer.url() + "?sslmode=disable", "status")));
            });
            return methods;
        }

        private List<String> sluice(String command) {
            List<String> words = new ArrayList<>(List.of(launcher.toString()));
            words.addAll(project);
            words.add(command);
            return words;
        }

        private Method method(String name, List<String> command) {
            return new Method(name, () -> {
                run(command);
                List<Double> milliseconds = new ArrayList<>();
                double memory = 0;
                for (int i = 0; i < tools.sizes().starts(); i++) {
                    Program program = run(command);
                    if (!GOOD.contains(program.exitCode())) {
                        program.requireSuccess(name);
                    }
                    milliseconds.add(program.seconds() * 1000);
                    memory = Math.max(memory, program.peakMemory() / MEGABYTE);
                }
                double time = Spread.of(milliseconds).median();
                // a program can end before anybody looks at its memory
                return memory > 0 ? Map.of("time", time, "memory", memory) : Map.of("time", time);
            });
        }

        private Program run(List<String> command) throws IOException {
            return Program.run(command, Map.of("JAVA_HOME", jdk.toString()), 300);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
