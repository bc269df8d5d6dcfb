package dev.sluice.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lint.Rule;
import dev.sluice.lint.Topic;
import dev.sluice.lint.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages in docs/rules are made of what the rules say of themselves and of their cases; {@code -Dgolden=update} writes them. */
final class RulePagesTest {

    private static final Path PAGES = Path.of("..", "docs", "rules");
    private static final Path CASES = Path.of("src", "test", "resources", "dev", "sluice", "lint", "rule");

    @Test
    void everyRuleHasItsPage() throws IOException {
        for (Rule rule : Rules.ALL) {
            check(rule.id() + ".md", page(rule));
        }
        for (Topic topic : Topics.OTHERS) {
            check(topic.id() + ".md", head(topic));
        }
        check("README.md", index());
    }

    @Test
    void everyPageHasItsRule() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            List<String> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .toList();
            assertThat(pages)
                    .containsExactlyInAnyOrderElementsOf(
                            Topics.ALL.stream().map(topic -> topic.id() + ".md").toList());
        }
    }

    private static void check(String name, String text) throws IOException {
        Path page = PAGES.resolve(name);
        if (System.getProperty("golden", "").equals("update")) {
            Files.createDirectories(PAGES);
            Files.writeString(page, text);
        }
        assertThat(page).as("write it with -Dgolden=update").exists();
        assertThat(Files.readString(page)).as(name).isEqualTo(text);
    }

    private static String page(Rule rule) throws IOException {
        String cases = Files.readString(CASES.resolve(rule.id() + ".sql")).strip();
        return head(Topics.of(rule.id()).orElseThrow())
                + "\n## Cases\n\nThe rule speaks at the lines marked `found`, and at no other.\n\n```sql\n" + cases
                + "\n```\n";
    }

    private static String head(Topic topic) {
        return "# " + topic.about().title() + "\n\n`" + topic.id() + "` · " + severity(topic) + "\n\n"
                + topic.about().why().strip() + "\n\n## Instead\n\n"
                + topic.about().instead().strip() + "\n";
    }

    private static String index() {
        StringBuilder text = new StringBuilder("# Rules of `sluice lint`\n\n| rule | | |\n|---|---|---|\n");
        for (Topic rule : Topics.ALL) {
            text.append("| [").append(rule.id()).append("](").append(rule.id()).append(".md) | ");
            text.append(severity(rule))
                    .append(" | ")
                    .append(rule.about().title())
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String severity(Topic topic) {
        return topic.severity().name().toLowerCase(Locale.ROOT);
    }
}
