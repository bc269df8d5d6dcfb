package dev.sluice.cli.lint;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lint.About;
import dev.sluice.lint.Topic;
import dev.sluice.lint.Topics;
import dev.sluice.migration.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the page of a rule is. The launcher says where the documentation of its checkout lies ({@code sluice.docs}), as a
 * directory or as an address on the web.
 */
public final class RulePages {

    private RulePages() {}

    /** What a rule is about, and what to do instead, for people. */
    public static String text(String id) {
        Topic topic = Topics.of(id)
                .orElseThrow(() -> new SluiceException(
                        ExitCode.USAGE,
                        "There is no rule '" + id + "'."
                                + NearestName.of(
                                                id,
                                                Topics.ALL.stream()
                                                        .map(Topic::id)
                                                        .toList())
                                        .map(near -> "\nNext: did you mean " + near + "?")
                                        .orElse("\nNext: sluice lint --rules")));
        About about = topic.about();
        return about.title() + "\n\n" + about.why().strip() + "\n\nInstead: "
                + about.instead().strip() + "\n";
    }

    /** All rules and what else findings are named after, each in a line. */
    public static String titles() {
        return Topics.ALL.stream()
                .map(topic ->
                        String.format("%-42s %s%n", topic.id(), topic.about().title()))
                .collect(Collectors.joining());
    }

    /** A link for browsers and editors; empty for what has no page, or when nobody knows where pages are. */
    public static Optional<String> link(String rule) {
        String docs = System.getProperty("sluice.docs", "");
        if (docs.startsWith("https://")) {
            return Optional.of(docs + (docs.endsWith("/") ? "" : "/") + "rules/" + rule + ".md");
        }
        Path page = Path.of(docs, "rules", rule + ".md");
        return docs.isEmpty() || !Files.isRegularFile(page)
                ? Optional.empty()
                : Optional.of(page.toUri().toString());
    }
}
