package dev.sluice.cli;

import dev.sluice.SluiceException;
import dev.sluice.lint.size.SnapshotJson;
import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.PlanJson;
import dev.sluice.sql.Script;
import dev.sluice.sql.Secrets;
import dev.sluice.sql.SourceText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** Where input comes in, its share of {@link InputFuzzTest}, and how it is refused: in words that name the place. */
enum InputEntrance {
    PARSER(150, InputMutations.SCRIPTS, "a\\.sql:\\d+:\\d+: .*") {
        @Override
        void enter(String input, Door door) {
            Script.parse(door.parser(), new SourceText("a.sql", input));
        }
    },
    SCRIPT(220, InputMutations.SCRIPTS, ".*\\ba\\.sql:\\d+.*") {
        @Override
        void enter(String input, Door door) {
            MigrationScript.read(new SourceText("a.sql", input)).checksum();
        }
    },
    SECRETS(150, InputMutations.SCRIPTS, "never") {
        @Override
        void enter(String input, Door door) {
            String hidden = Secrets.hidden(input);
            if (!Secrets.hidden(hidden).equals(hidden)) {
                throw new IllegalStateException("there is still a password in " + hidden);
            }
        }
    },
    PLAN(200, InputMutations.PLANS, "not a plan: .*") {
        @Override
        void enter(String input, Door door) {
            PlanJson.read(input);
        }
    },
    SIZES(100, InputMutations.SIZES, "not what sluice stats writes: .*") {
        @Override
        void enter(String input, Door door) {
            SnapshotJson.read(input);
        }
    },
    SETTINGS(60, InputMutations.SETTINGS, "") {
        @Override
        void enter(String input, Door door) {
            TestProject project = new TestProject(door.directory(), Map.of()).file("sluice.toml", input);
            said(
                    project.sluice("plan", "--url", "postgres://nobody@127.0.0.1:1/x"),
                    "sluice\\.toml|127\\.0\\.0\\.1|migrations");
        }
    },
    LAYOUT(40, InputMutations.SCRIPTS, "") {
        @Override
        void enter(String input, Door door) {
            String[] layouts = {"native", "flyway", "goose", "golang-migrate", "dbmate", "plain"};
            TestProject project = new TestProject(door.directory().resolve("layout"), Map.of())
                    .file("migrations/20260101000000_a.sql", input)
                    .file("migrations/V2__b.sql", input)
                    .file("migrations/000003_c.up.sql", input);
            String layout = layouts[door.chance().nextInt(layouts.length)];
            said(project.sluice("lint", "--layout", layout), "migrations|\\.sql");
        }
    },
    ARGUMENTS(70, InputMutations.ARGUMENTS, "") {
        @Override
        void enter(String input, Door door) {
            List<String> arguments = input.lines().limit(8).toList();
            // these start something, or wait for somebody
            if (arguments.stream().noneMatch(List.of("demo", "test", "watch", "init", "new", "--lsp")::contains)) {
                said(
                        new TestProject(door.directory().resolve("none"), Map.of())
                                .sluice(arguments.toArray(String[]::new)),
                        "(?s).*");
            }
        }
    },
    EDITOR(10, InputMutations.MESSAGES, "") {
        @Override
        void enter(String input, Door door) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            input.lines().forEach(message -> {
                byte[] body = message.getBytes(StandardCharsets.UTF_8);
                sent.writeBytes(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                sent.writeBytes(body);
            });
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            new Cli(
                            TestSurroundings.of(door.directory().resolve("editor"), Map.of()),
                            new Streams(
                                    new ByteArrayInputStream(sent.toByteArray()),
                                    new PrintStream(answers, true, StandardCharsets.UTF_8),
                                    new PrintStream(answers, true, StandardCharsets.UTF_8)),
                            Interruption.none())
                    .run("lint", "--lsp");
            String text = answers.toString(StandardCharsets.UTF_8);
            // the protocol's library answers so, too, of itself: for a request by the name of a notification
            if (text.contains("-32603") && text.contains("at dev.sluice")) {
                throw new IllegalStateException(text);
            }
        }
    };

    /** What an input meets. */
    record Door(PgParser parser, Path directory, Random chance) {}

    private final int permille;
    private final List<String> samples;
    private final Pattern refusal;

    InputEntrance(int permille, List<String> samples, String refusal) {
        this.permille = permille;
        this.samples = samples;
        this.refusal = Pattern.compile(refusal, Pattern.DOTALL);
    }

    abstract void enter(String input, Door door);

    static InputEntrance any(Random chance) {
        int at = chance.nextInt(1000);
        for (InputEntrance entrance : values()) {
            at -= entrance.permille;
            if (at < 0) {
                return entrance;
            }
        }
        throw new IllegalStateException("shares make no whole");
    }

    String input(Random chance) {
        return InputMutations.mutated(samples, chance);
    }

    /** Whether this is how this entrance refuses an input. */
    boolean isRefusal(RuntimeException e) {
        return (e instanceof SluiceException || e instanceof IllegalArgumentException)
                && refusal.matcher(String.valueOf(e.getMessage())).matches();
    }

    /** A failure has words of its own, which name the place. */
    private static void said(TestProject.Said said, String place) {
        boolean fails = said.code() == 1 || said.code() == 3 || said.code() == 9 || said.code() == 64;
        if (said.all().contains("Internal error")
                || fails && !Pattern.compile(place).matcher(said.all()).find()) {
            throw new IllegalStateException("exit code " + said.code() + ": " + said.all());
        }
    }
}
