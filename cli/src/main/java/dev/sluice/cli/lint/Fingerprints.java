package dev.sluice.cli.lint;

import dev.sluice.lint.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names for findings that stay the same when lines are added above: of the rule, the file, the line's text and the message, and
 * for equal ones their number.
 */
final class Fingerprints {

    private Fingerprints() {}

    static List<String> of(List<Finding> findings) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> prints = new ArrayList<>();
        for (Finding finding : findings) {
            String line = finding.excerpt()
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst("^\\s*\\d+ \\| ", "")
                    .strip();
            String text = String.join("\n", finding.rule(), finding.position().file(), line, finding.message());
            int number = seen.merge(text, 1, Integer::sum);
            prints.add(hash(text + "\n" + number));
        }
        return prints;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
