package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.cli.Console;
import dev.sluice.cli.Interruption;
import dev.sluice.cli.Streams;
import dev.sluice.cli.TestSurroundings;
import dev.sluice.cli.render.Style;
import dev.sluice.sql.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Picocli takes the texts of help for formats, and complains to the user about a percent sign that stands alone. */
final class HelpTextTest {

    static Stream<CommandSpec> commands() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        RootCommand root = new RootCommand(
                TestSurroundings.of(Path.of("."), Map.of()),
                new Console(
                        new Streams(InputStream.nullInputStream(), nowhere, nowhere),
                        new Console.Look(Style.PLAIN, Style.PLAIN, Console.Loudness.NORMAL, false),
                        Redaction.byForm()),
                Interruption.none());
        var line = Commands.commandLine(root, List.of("help"));
        return Stream.concat(
                Stream.of(line.getCommandSpec()),
                line.getSubcommands().values().stream().map(each -> each.getCommandSpec()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isAFormat(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        Stream<String> texts = Stream.of(
                        Stream.of(usage.header(), usage.description(), usage.footer())
                                .flatMap(Stream::of),
                        command.options().stream().flatMap(option -> Stream.of(option.description())),
                        command.positionalParameters().stream()
                                .flatMap(parameter -> Stream.of(parameter.description())))
                .flatMap(each -> each);
        texts.forEach(text -> assertThatCode(() -> text.formatted())
                .as(command.qualifiedName() + ": " + text)
                .doesNotThrowAnyException());
    }
}
