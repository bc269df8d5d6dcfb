package dev.sluice.cli.lint;

import dev.sluice.lint.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** JUnit XML, annotations of GitHub's workflow log, and a comment for a pull request. */
public final class LintMarkup {

    private LintMarkup() {}

    /** One test case for each file that has findings, and one for all that have none. */
    public static String junit(LintResult result) {
        Map<String, List<Finding>> byFile = result.findings().stream()
                .collect(Collectors.groupingBy(f -> f.position().file(), TreeMap::new, Collectors.toList()));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        int clean = result.files() - byFile.size();
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"sluice lint\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%.3f\">%n",
                byFile.size() + (clean > 0 ? 1 : 0),
                byFile.size(),
                result.duration().toMillis() / 1e3));
        byFile.forEach((file, findings) -> {
            xml.append("  <testcase classname=\"lint\" name=\"")
                    .append(xml(file)
                            .replace("\n", "&#10;")
                            .replace("\r", "&#13;")
                            .replace("\t", "&#9;"))
                    .append("\">\n    <failure message=\"");
            xml.append(findings.size())
                    .append(findings.size() == 1 ? " finding" : " findings")
                    .append("\">");
            findings.forEach(f -> xml.append(xml(f.position() + ": [" + f.rule() + "] " + f.told() + "\n")));
            xml.append("</failure>\n  </testcase>\n");
        });
        if (clean > 0) {
            xml.append("  <testcase classname=\"lint\" name=\"").append(clean).append(" files without findings\"/>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }

    /** GitHub's workflow commands ("Workflow commands for GitHub Actions", setting an error message). */
    public static String github(LintResult result) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : result.findings()) {
            String command = switch (finding.severity()) {
                case ERROR -> "error";
                case WARNING -> "warning";
                case INFO -> "notice";
            };
            text.append("::")
                    .append(command)
                    .append(" file=")
                    .append(property(finding.position().file()));
            text.append(",line=").append(finding.position().line());
            text.append(",col=").append(finding.position().column());
            text.append(",title=")
                    .append(property(finding.rule()))
                    .append("::")
                    .append(data(finding.told()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    /** A comment for a pull request. */
    public static String markdown(LintResult result) {
        StringBuilder text = new StringBuilder("### sluice lint\n\n");
        if (result.findings().isEmpty()) {
            return text.append("Nothing found in ")
                    .append(result.files())
                    .append(" files.\n")
                    .toString();
        }
        text.append("| | where | what | do instead |\n|---|---|---|---|\n");
        for (Finding finding : result.findings()) {
            text.append("| ")
                    .append(finding.possible() ? "possible " : "")
                    .append(finding.severity().name().toLowerCase(Locale.ROOT));
            text.append(" | ")
                    .append(cell(finding.position().toString()))
                    .append(" | ")
                    .append(cell(finding.told()));
            text.append(" (`")
                    .append(finding.rule())
                    .append("`) | ")
                    .append(cell(finding.instead().strip()))
                    .append(" |\n");
        }
        return text.append('\n').append(LintText.summary(result)).append('\n').toString();
    }

    private static String cell(String text) {
        StringBuilder cell = new StringBuilder();
        text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(c -> {
            switch (c) {
                case '<' -> cell.append("&lt;");
                case '&' -> cell.append("&amp;");
                case '@' -> cell.append("&#64;"); // would call people
                case '|', '\\', '`', '*', '_', '[', ']', '~', '#' ->
                    cell.append('\\').appendCodePoint(c);
                default -> cell.appendCodePoint(c);
            }
        });
        return cell.toString();
    }

    /** What XML 1.0 allows ("Characters"). */
    private static boolean isXml(int c) {
        return c >= ' ' && c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c <= 0xDFFF)
                || c == '\n'
                || c == '\t'
                || c == '\r';
    }

    private static String xml(String text) {
        return text.codePoints()
                .map(c -> isXml(c) ? c : '\uFFFD')
                .mapToObj(c -> switch (c) {
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '&' -> "&amp;";
                    case '"' -> "&quot;";
                    default -> Character.toString(c);
                })
                .collect(Collectors.joining());
    }
}
