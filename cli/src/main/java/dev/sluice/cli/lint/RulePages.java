package dev.sluice.cli.lint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the page of a rule is. The launcher says where the documentation of its checkout lies ({@code sluice.docs}), as a
 * directory or as an address on the web.
 */
public final class RulePages {

    private RulePages() {}

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
