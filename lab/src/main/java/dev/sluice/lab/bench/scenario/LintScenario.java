package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Method;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Spread;
import dev.sluice.lab.bench.Stage;
import dev.sluice.lab.bench.Target;
import dev.sluice.lab.bench.Tools;
import dev.sluice.lab.bench.Variant;
import dev.sluice.lab.bench.tool.LintFiles;
import dev.sluice.lab.bench.tool.Machine;
import dev.sluice.lab.bench.tool.Program;
import dev.sluice.lint.Linter;
import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long one waits for the linter: as a command, in a program that runs already, and after a keystroke. */
final class LintScenario implements Scenario {
    private static final String COMMAND = "sluice lint";
    private static final String RUNNING = "in a program that runs";
    private static final String PARSER = "its parser alone";
    private static final String EDITOR_LINES = "200 lines";
    private static final double MEGABYTE = 1e6;
    private static final int WARM_RUNS = 5;
    /** Nothing found, and something found. */
    private static final List<Integer> GOOD = List.of(0, 5);

    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final int POSTGRES = 14;

    @Override
    public String id() {
        return "lint";
    }

    @Override
    public String title() {
        return "The linter";
    }

    @Override
    public String about() {
        return """
            Made-up migrations: 346 files of one statement or a few (about 30 kB), as a real project has them; one file, half
            of whose bytes are such statements and half INSERTs of ten rows; 200 lines that are judged once more, with the
            schema known from the 346 files, as an editor does after a keystroke. *sluice lint* is `./sluice lint`, from the
            command to its end, after a first one that does not count. *in a program that runs* is the library in this process,
            which has judged the same before, on one thread; *its parser alone* is what of that is the time of PostgreSQL's own
            parser, as Java bytecode. The aims for one file of 15 MB are judged only where a file of that size was read.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of(COMMAND, RUNNING, PARSER);
    }

    @Override
    public String reference() {
        return PARSER;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("time", "time", "ms", 1),
                Measure.listed("byte", "time per byte", "µs", 2),
                Measure.listed("memory", "most memory", "MB", 0));
    }

    @Override
    public List<Target> targets() {
        return List.of(
                target("≤ 1 s from the command, JDK 25", "files, .*JDK 25", COMMAND, "time", 1000),
                target("≤ 2 µs per byte in a program that runs", "^346 files$", RUNNING, "byte", 2),
                target("15 MB in one file ≤ 6 s", "^one file of 15 MB", COMMAND, "time", 6000),
                target("15 MB in one file ≤ 512 MB", "^one file of 15 MB", COMMAND, "memory", 512),
                target("≤ 50 ms after a keystroke", "^" + EDITOR_LINES, RUNNING, "time", 50));
    }

    private static Target target(String text, String variants, String method, String measure, double bound) {
        return new Target(text, variants, method, measure, Target.Form.VALUE, "", bound);
    }

    @Override
    public List<Variant> variants(Tools tools) {
        List<Variant> variants = new ArrayList<>();
        String files = LintFiles.FILES + " files";
        variants.add(new Variant(files, 3, 1, () -> new RunningStage(LintFiles.project(), List.of())));
        tools.launcher().ifPresent(launcher -> {
            for (Path jdk : tools.jdks()) {
                variants.add(new Variant(
                        files + ", " + jdk(jdk),
                        4,
                        1.2 * tools.sizes().starts(),
                        () -> new CommandStage(
                                launcher,
                                jdk,
                                LintFiles.write(tools.scratch()),
                                tools.sizes().starts())));
            }
            int megabytes = tools.sizes().lintMegabytes();
            Path newest = tools.jdks().get(tools.jdks().size() - 1);
            variants.add(new Variant(
                    "one file of " + megabytes + " MB, " + jdk(newest),
                    2,
                    5.0 * megabytes,
                    () -> new CommandStage(
                            launcher, newest, LintFiles.dump(tools.scratch(), (long) (megabytes * MEGABYTE)), 1)));
        });
        variants.add(new Variant(
                EDITOR_LINES, 3, 1, () -> new RunningStage(List.of(LintFiles.lines(200)), LintFiles.project())));
        return variants;
    }

    private static String jdk(Path home) {
        return "JDK " + Machine.javaVersion(home).orElse("?");
    }

    /** The command on files. */
    private static final class CommandStage implements Stage {
        private final List<String> command;
        private final Path jdk;
        private final Path files;
        private final int starts;

        CommandStage(Path launcher, Path jdk, Path files, int starts) throws IOException {
            this.jdk = jdk;
            this.files = files;
            this.starts = starts;
            this.command = List.of(launcher.toString(), "lint", files.toString());
            if (starts > 1) {
                run();
            }
        }

        @Override
        public List<Method> methods() {
            return List.of(new Method(COMMAND, this::measure));
        }

        private Map<String, Double> measure() throws IOException {
            List<Double> milliseconds = new ArrayList<>();
            double memory = 0;
            for (int i = 0; i < starts; i++) {
                Program program = run();
                milliseconds.add(program.seconds() * 1000);
                memory = Math.max(memory, program.peakMemory() / MEGABYTE);
            }
            double time = Spread.of(milliseconds).median();
            return Map.of("time", time, "byte", time * 1000 / bytes(files), "memory", memory);
        }

        private Program run() throws IOException {
            Program program = Program.run(command, Map.of("JAVA_HOME", jdk.toString()), 600);
            return GOOD.contains(program.exitCode()) ? program : program.requireSuccess(COMMAND);
        }

        private static double bytes(Path files) throws IOException {
            double bytes = 0;
            try (var found = Files.walk(files)) {
                for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                    bytes += Files.size(file);
                }
            }
            return bytes;
        }

        @Override
        public void close() {
            // a program that has ended leaves nothing open
        }
    }

    /** The library in this process. */
    private static final class RunningStage implements Stage {
        private final PgParser parser = new PgParser();
        private final List<MigrationScript> scripts;
        private final Linter before;
        private final double bytes;

        /** @param known scripts that the linter has read before those that count */
        RunningStage(List<String> texts, List<String> known) {
            scripts = read(texts, "change");
            bytes = texts.stream()
                    .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                    .sum();
            before = new Linter(parser, POSTGRES, DAY);
            read(known, "before").forEach(before::lint);
            for (int i = 0; i < WARM_RUNS; i++) {
                lint();
            }
        }

        private static List<MigrationScript> read(List<String> texts, String name) {
            List<MigrationScript> scripts = new ArrayList<>();
            for (String text : texts) {
                String file = String.format(Locale.ROOT, "%s_%d.sql", name, scripts.size() + 1);
                scripts.add(MigrationScript.read(new SourceText(file, text)));
            }
            return scripts;
        }

        private int lint() {
            Linter linter = before.fork();
            int findings = 0;
            for (MigrationScript script : scripts) {
                findings += linter.lint(script).size();
            }
            return findings + linter.atEnd().size();
        }

        private int parse() {
            return scripts.stream()
                    .mapToInt(script -> script.parse(parser).statements().size())
                    .sum();
        }

        @Override
        public List<Method> methods() {
            return List.of(
                    new Method(RUNNING, () -> values(this::lint)), new Method(PARSER, () -> values(this::parse)));
        }

        private interface Work {
            int run();
        }

        private Map<String, Double> values(Work work) {
            List<Double> milliseconds = new ArrayList<>();
            for (int i = 0; i < WARM_RUNS; i++) {
                long start = System.nanoTime();
                if (work.run() == 0) {
                    throw new IllegalStateException("nothing was found: something was not read");
                }
                milliseconds.add((System.nanoTime() - start) / 1e6);
            }
            double time = Spread.of(milliseconds).median();
            return Map.of("time", time, "byte", time * 1000 / bytes);
        }

        @Override
        public void close() {
            parser.close();
        }
    }
}
