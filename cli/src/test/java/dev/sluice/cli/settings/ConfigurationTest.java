package dev.sluice.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.SluiceException;
import dev.sluice.cli.TestSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @TempDir
    private Path directory;

    @Test
    void flagsBeatTheEnvironmentAndThatBeatsTheFile() throws IOException {
        Files.writeString(
                directory.resolve("sluice.toml"), "dir = \"a\"\nlayout = \"flyway\"\nlock_timeout = \"1s\"\n");

        Configuration configuration = Configuration.read(
                TestSurroundings.of(directory, Map.of("SLUICE_DIR", "b", "SLUICE_LAYOUT", "goose")),
                Map.of(Setting.DIR, "c"),
                Optional.empty());

        assertThat(configuration.text(Setting.DIR)).contains("c");
        assertThat(configuration.text(Setting.LAYOUT)).contains("goose");
        assertThat(configuration.duration(Setting.LOCK_TIMEOUT)).contains(Duration.ofSeconds(1));
        assertThat(configuration.text(Setting.FORMAT)).contains("text");
        assertThat(configuration.given(Setting.FORMAT)).isEmpty();
    }

    @Test
    void pathsInAFileAreRelativeToTheFile() throws IOException {
        Path other = Files.createDirectories(directory.resolve("deploy"));
        Files.writeString(other.resolve("prod.toml"), "dir = \"sql\"\n");
        var surroundings = TestSurroundings.of(directory, Map.of("SLUICE_CONFIG", "deploy/prod.toml"));

        Configuration configuration = Configuration.read(surroundings, Map.of(), Optional.empty());

        assertThat(configuration.path(Setting.DIR, surroundings)).isEqualTo(other.resolve("sql"));
    }

    @Test
    void sluiceUrlBeatsDatabaseUrl() {
        Map<String, String> both = Map.of("DATABASE_URL", "postgres://a/x", "SLUICE_URL", "postgres://b/x");

        Configuration configuration =
                Configuration.read(TestSurroundings.of(directory, both), Map.of(), Optional.empty());

        assertThat(configuration.given(Setting.URL).orElseThrow().origin()).isEqualTo("SLUICE_URL");
        assertThat(configuration.text(Setting.URL)).contains("postgres://b/x");
    }

    @ParameterizedTest
    @CsvSource({"50ms,50", "2s,2000", "10min,600000", "10m,600000", "1h,3600000", "1d,86400000", "1 s,1000"})
    void readsTimes(String text, long millis) {
        assertThat(with(Setting.LOCK_BUDGET, text).duration(Setting.LOCK_BUDGET))
                .contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"50", "ms", "-1s", "1.5s", "1 week", ""})
    void refusesWhatIsNoTime(String text) {
        if (text.isEmpty()) {
            assertThat(with(Setting.LOCK_BUDGET, text).duration(Setting.LOCK_BUDGET))
                    .isEmpty();
            return;
        }
        assertThatThrownBy(() -> with(Setting.LOCK_BUDGET, text))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("--lock-budget");
    }

    @Test
    void refusesUnknownVariablesButNotThoseOfKubernetes() {
        assertThatThrownBy(() -> Configuration.read(
                        TestSurroundings.of(directory, Map.of("SLUICE_LOCK_TIMOUT", "1s")), Map.of(), Optional.empty()))
                .hasMessageContaining("did you mean SLUICE_LOCK_TIMEOUT?");
        Map<String, String> pod =
                Map.of("SLUICE_SERVICE_HOST", "10.0.0.1", "SLUICE_PORT_80_TCP", "x", "SLUICE_PORT", "y");
        assertThat(Configuration.read(TestSurroundings.of(directory, pod), Map.of(), Optional.empty()))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingIsInTheDocumentation(Setting setting) throws IOException {
        String page = Files.readString(Path.of("../docs/settings.md"));

        assertThat(page).contains("`" + setting.key() + "`", "`" + setting.variable() + "`", "`" + setting.flag());
        assertThat(page).contains(setting.defaultValue());
    }

    private Configuration with(Setting setting, String text) {
        return Configuration.read(TestSurroundings.of(directory, Map.of()), Map.of(setting, text), Optional.empty());
    }
}
