package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabases;
import dev.sluice.parser.PgParser;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Refusal;
import dev.sluice.postgres.op.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in docs/operations are made of what the operations say of themselves and of the plans of lifecycle cases;
 * {@code -Dgolden=update} writes them.
 */
@ExtendWith(PostgresExtension.class)
class OperationPagesDbTest {

    private static final Path PAGES = Path.of("..", "docs", "operations");

    @Test
    void everyCaseHasItsOperationsAndEveryPageIsTrue(TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        Map<String, OperationPage> pages = new LinkedHashMap<>();
        Operations.ALL.forEach(operation -> pages.put(operation.id(), new OperationPage(operation)));
        Map<String, LifecycleCase> cases =
                AllCases.LIVED.stream().collect(Collectors.toMap(LifecycleCase::name, Function.identity()));
        try (PgParser parser = new PgParser()) {
            CasePlans plans = new CasePlans(databases, parser, directory);
            Map<String, CasePlans.Planned> planned = new LinkedHashMap<>();
            Set<String> lived = new HashSet<>();
            for (LifecycleCase test : AllCases.LIVED) {
                CasePlans.Planned result = plans.plan(test);
                planned.put(test.name(), result);
                assertThat(result.operations())
                        .as("operations of case \"%s\"", test.name())
                        .isNotEmpty();
                result.plan().ifPresent(plan -> lived.addAll(result.operations().values()));
            }
            for (Map.Entry<String, String> example : OperationExamples.ALL) {
                CasePlans.Planned result = planned.get(example.getValue());
                assertThat(result).as("case \"%s\"", example.getValue()).isNotNull();
                assertThat(result.operations().values())
                        .as("operations of case \"%s\"", example.getValue())
                        .contains(example.getKey());
                pages.get(example.getKey())
                        .example(cases.get(example.getValue()), result.plan().orElseThrow());
            }
            Set<String> shown =
                    OperationExamples.ALL.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
            for (Operation operation : Operations.ALL) {
                boolean refusesOnly = operation.id().equals("refused");
                assertThat(refusesOnly || lived.contains(operation.id()))
                        .as("a case of %s", operation.id())
                        .isTrue();
                assertThat(refusesOnly || shown.contains(operation.id()))
                        .as("an example of %s", operation.id())
                        .isTrue();
            }
            for (RefusedCase test : AllCases.REFUSED) {
                CasePlans.Planned result = plans.plan(test);
                for (Refusal refusal : result.refusals()) {
                    Optional<String> operation = result.operation(refusal);
                    operation.ifPresent(id -> pages.get(id).refusal(test, refusal));
                }
            }
        }
        for (Map.Entry<String, OperationPage> page : pages.entrySet()) {
            check(page.getKey() + ".md", page.getValue().text());
        }
        check("README.md", index(pages.values().stream().map(OperationPage::entry)));
        checkThatThereAreNoOthers();
    }

    private static void checkThatThereAreNoOthers() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(Operations.ALL.stream()
                            .map(operation -> operation.id() + ".md")
                            .toList());
        }
    }

    private static String index(Stream<String> entries) {
        return """
                # What Sluice takes through

                Every statement of a script is taken apart into changes, and each change belongs to one of these. What none of them
                knows is refused, before anything runs. Scripts about tables that are new, or that nobody has ever written to, run as
                they are written.

                | operation | | phases |
                |---|---|---|
                """ + entries.sorted().collect(Collectors.joining());
    }

    private static void check(String name, String text) throws IOException {
        Path page = PAGES.resolve(name);
        if (System.getProperty("golden", "").equals("update")) {
            Files.writeString(page, text);
        }
        assertThat(page).as("write it with -Dgolden=update").exists();
        assertThat(Files.readString(page))
                .as(name + ", made anew with -Dgolden=update")
                .isEqualTo(text);
    }
}
