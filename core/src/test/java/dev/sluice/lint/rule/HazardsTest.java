package dev.sluice.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lint.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each hazard of the list is a rule, or docs/lint.md says why it is none. */
final class HazardsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| \\S.* \\|$");

    @Test
    void eachHazardHasARuleOrAReason() throws IOException {
        List<String> hazards = hazards();
        List<String> rules = Rules.ALL.stream().map(Rule::id).toList();
        List<String> excused = excused();

        assertThat(hazards).hasSize(151).doesNotHaveDuplicates();
        assertThat(excused).doesNotHaveDuplicates().doesNotContainAnyElementsOf(rules);
        assertThat(Stream.concat(rules.stream(), excused.stream())).containsExactlyInAnyOrderElementsOf(hazards);
    }

    private static List<String> hazards() throws IOException {
        try (InputStream stream = HazardsTest.class.getResourceAsStream("hazards.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static List<String> excused() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "lint.md"));
        int start = page.indexOf("## What has no rule");
        return ROW.matcher(page.substring(start, page.indexOf("\n## ", start)))
                .results()
                .map(row -> row.group(1))
                .toList();
    }
}
