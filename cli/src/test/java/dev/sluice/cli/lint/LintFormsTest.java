package dev.sluice.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Position;
import dev.sluice.sql.QualifiedName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Every form, of names and messages that try to break out of it. */
class LintFormsTest {

    private static final String FILE = "db/a b:%&<>\"'|`@x,\u0001\n→\ud83d\ude00.sql";
    private static final String MESSAGE = "\"it's\" <b>100%</b> & ]]> | `x` @team \u0007\r\nsecond :: line";
    private static final LintResult HOSTILE = new LintResult(
            List.of(
                    finding("change-type-rewrite", Severity.ERROR, FILE, MESSAGE, true),
                    finding("change-type-rewrite", Severity.ERROR, FILE, MESSAGE, false),
                    finding("rename-column", Severity.WARNING, "/abs/V1__x.sql", "plain", false),
                    finding("unused-suppression", Severity.INFO, "c:1.sql", "plain", false)),
            5,
            1,
            Duration.ofMillis(1500));

    private static Finding finding(String rule, Severity severity, String file, String message, boolean possible) {
        return new Finding(
                rule,
                severity,
                possible,
                new Position(file, 3, 7),
                message,
                Optional.of(LockMode.ACCESS_EXCLUSIVE),
                List.of(QualifiedName.of("public", "a|b")),
                "do\nthis | that",
                "3 | x\n    ^",
                Optional.of(new Finding.Fix(1, 2, "SELECT '1';\n")));
    }

    @Test
    void sarifIsWhatItsSchemaSays() throws IOException {
        String sarif = Sarif.of(HOSTILE);

        assertThat(problems(sarif)).isEmpty();
        JsonObject run = JsonParser.parseString(sarif)
                .getAsJsonObject()
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject();
        assertThat(run.getAsJsonArray("results")).hasSize(4);
        Set<String> prints = new LinkedHashSet<>();
        for (JsonElement result : run.getAsJsonArray("results")) {
            JsonObject object = result.getAsJsonObject();
            prints.add(object.getAsJsonObject("partialFingerprints")
                    .get("sluice/v1")
                    .getAsString());
        }
        assertThat(prints).as("one for each").hasSize(4);
        assertThat(URI.create(uri(run, 0)).getPath()).isEqualTo(FILE);
        assertThat(URI.create(uri(run, 2))).hasToString("file:///abs/V1__x.sql");
        assertThat(URI.create(uri(run, 3)).getScheme()).as("no scheme").isNull();
    }

    private static String uri(JsonObject run, int result) {
        return run.getAsJsonArray("results")
                .get(result)
                .getAsJsonObject()
                .getAsJsonArray("locations")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("physicalLocation")
                .getAsJsonObject("artifactLocation")
                .get("uri")
                .getAsString();
    }

    @Test
    void theSchemaNoticesWhatIsNoSarif() throws IOException {
        assertThat(problems(Sarif.of(HOSTILE).replace("\"startLine\": 3", "\"startLine\": 0")))
                .isNotEmpty();
        assertThat(problems(Sarif.of(HOSTILE).replace("\"error\"", "\"fatal\"")))
                .isNotEmpty();
    }

    private static Set<String> problems(String sarif) throws IOException {
        Set<String> problems = new LinkedHashSet<>();
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                .getSchema(Files.readString(Path.of("src/test/resources/lint/sarif-schema-2.1.0.json")))
                .validate(
                        sarif,
                        InputFormat.JSON,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .forEach(message -> problems.add(message.getMessage()));
        return problems;
    }

    /** GitLab's documentation, "Code Quality report format": the fields that it needs, and the severities that it knows. */
    @Test
    void gitlabHasTheFieldsThatGitlabReads() {
        JsonArray issues = JsonParser.parseString(LintJson.gitlab(HOSTILE)).getAsJsonArray();

        Set<String> prints = new LinkedHashSet<>();
        for (JsonElement element : issues) {
            JsonObject issue = element.getAsJsonObject();
            assertThat(issue.keySet())
                    .containsExactlyInAnyOrder("description", "check_name", "fingerprint", "severity", "location");
            assertThat(issue.get("severity").getAsString()).isIn("info", "minor", "major", "critical", "blocker");
            JsonObject location = issue.getAsJsonObject("location");
            assertThat(location.getAsJsonObject("lines").get("begin").getAsInt())
                    .isEqualTo(3);
            prints.add(issue.get("fingerprint").getAsString());
        }
        assertThat(prints).hasSize(4);
        JsonObject first = issues.get(0).getAsJsonObject();
        assertThat(first.get("description").getAsString()).isEqualTo(MESSAGE);
        assertThat(first.getAsJsonObject("location").get("path").getAsString()).isEqualTo(FILE);
    }

    @Test
    void junitIsWhatItsSchemaSays() throws Exception {
        String xml = LintMarkup.junit(HOSTILE);

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("src/test/resources/lint/junit.xsd").toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getAttribute("tests")).isEqualTo("4");
        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("3");
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(xml).contains("\ud83d\ude00").contains("]]&gt;").doesNotContain("\u0001");
        String name = document.getElementsByTagName("testcase")
                .item(2)
                .getAttributes()
                .getNamedItem("name")
                .getNodeValue();
        assertThat(name).as("what XML cannot hold is replaced").isEqualTo(FILE.replace('\u0001', '\uFFFD'));
    }

    /** "Workflow commands for GitHub Actions": one line each; %, CR, LF escaped, in properties the colon and comma, too. */
    @Test
    void githubAnnotationsAreOneLineEach() {
        List<String> lines = LintMarkup.github(HOSTILE).lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .isEqualTo(
                        "::error file=db/a b%3A%25&<>\"'|`@x%2C\u0001%0A→\ud83d\ude00.sql,line=3,col=7,"
                                + "title=change-type-rewrite::\"it's\" <b>100%25</b> & ]]> | `x` @team \u0007%0D%0Asecond :: line");
        assertThat(lines.get(2)).startsWith("::warning file=/abs/V1__x.sql,line=3,col=7,title=rename-column::plain");
        assertThat(lines.get(3)).startsWith("::notice file=c%3A1.sql");
    }

    @Test
    void markdownHasARowForEachAndNothingThatWorks() {
        List<String> rows = LintMarkup.markdown(HOSTILE)
                .lines()
                .filter(line -> line.startsWith("| "))
                .toList();

        assertThat(rows).hasSize(5); // with the heading
        for (String row : rows) {
            assertThat(row.replace("\\|", "").chars().filter(c -> c == '|').count())
                    .as(row)
                    .isEqualTo(5);
        }
        assertThat(rows.get(1)).doesNotContain("<b>").doesNotContain("@team").contains("possible error");
        assertThat(rows.get(1))
                .contains("&lt;b>100%&lt;/b>")
                .contains("\\`x\\`")
                .contains("&#64;team");
    }

    @Test
    void jsonHasTheFieldsThatAreDocumented() {
        JsonObject json = JsonParser.parseString(LintJson.of(HOSTILE)).getAsJsonObject();

        assertThat(json.keySet()).containsExactly("findings", "files", "known", "seconds");
        assertThat(json.get("seconds").getAsDouble()).isEqualTo(1.5);
        JsonObject finding = json.getAsJsonArray("findings").get(0).getAsJsonObject();
        assertThat(finding.keySet())
                .containsExactly(
                        "rule",
                        "severity",
                        "possible",
                        "file",
                        "line",
                        "column",
                        "message",
                        "lock",
                        "tables",
                        "instead",
                        "fix");
        assertThat(finding.get("file").getAsString()).isEqualTo(FILE);
        assertThat(finding.get("message").getAsString()).isEqualTo(MESSAGE);
        assertThat(finding.get("lock").getAsString()).isEqualTo("ACCESS EXCLUSIVE");
        assertThat(finding.getAsJsonObject("fix").get("text").getAsString()).isEqualTo("SELECT '1';\n");
    }

    @Test
    void nothingFoundIsWellFormedToo() throws Exception {
        LintResult nothing = new LintResult(List.of(), 0, 0, Duration.ZERO);

        assertThat(problems(Sarif.of(nothing))).isEmpty();
        assertThat(JsonParser.parseString(LintJson.gitlab(nothing)).getAsJsonArray())
                .isEmpty();
        assertThat(LintMarkup.markdown(nothing)).contains("Nothing found in 0 files.");
        assertThat(LintMarkup.github(nothing)).isEmpty();
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("src/test/resources/lint/junit.xsd").toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(LintMarkup.junit(nothing))));
    }
}
