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
import java.util.List;
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

    /** Operation, and the case whose plan its page shows; an operation may stand here more than once. */
    private static final List<Map.Entry<String, String>> EXAMPLES = List.of(
            Map.entry("add-column", "add a nullable column"),
            Map.entry("add-column", "add a column with a volatile default"),
            Map.entry("add-column", "inline constraints"),
            Map.entry("add-constraint", "add check"),
            Map.entry("add-constraint", "add foreign key"),
            Map.entry("add-constraint", "add unique"),
            Map.entry("alter-definition", "alter definitions"),
            Map.entry("alter-domain", "domains: restricted"),
            Map.entry("alter-sequence", "alter sequence"),
            Map.entry("analyze", "things: publications"),
            Map.entry("change-data", "update in batches"),
            Map.entry("change-data", "clean then constrain"),
            Map.entry("change-data", "rows: insert or overwrite"),
            Map.entry("change-type", "widen varchar"),
            Map.entry("change-type", "int to bigint of a primary key"),
            Map.entry("change-type", "text to integer under one name"),
            Map.entry("column-default", "set default"),
            Map.entry("column-default", "drop default"),
            Map.entry("constraint-state", "add check not valid then validate"),
            Map.entry("constraint-state", "alter constraint"),
            Map.entry("create-index", "create index"),
            Map.entry("create-index", "create unique index"),
            Map.entry("create-index", "create index on partitions"),
            Map.entry("create-object", "view over a new column"),
            Map.entry("create-object", "replace function"),
            Map.entry("create-other", "create other things"),
            Map.entry("create-table", "create tables"),
            Map.entry("describe", "comments and grants"),
            Map.entry("describe", "options"),
            Map.entry("drop-column", "drop a column"),
            Map.entry("drop-column", "drop a column with indexes and keys"),
            Map.entry("drop-constraint", "drop check"),
            Map.entry("drop-constraint", "drop unique"),
            Map.entry("drop-index", "drop index"),
            Map.entry("drop-object", "drop view"),
            Map.entry("drop-object", "drop and create view"),
            Map.entry("drop-other", "drop other things"),
            Map.entry("drop-table", "drop table"),
            Map.entry("enum-value", "types: labels added and renamed"),
            Map.entry("fill-column", "full_name from first and last name"),
            Map.entry("fill-column", "fill by lookup"),
            Map.entry("foreign-table", "things: foreign tables"),
            Map.entry("identity", "sequences: identity made, changed, taken away"),
            Map.entry("index-settings", "index settings"),
            Map.entry("move-object", "set schema"),
            Map.entry("move-object", "set owner"),
            Map.entry("not-null", "set not null"),
            Map.entry("not-null", "drop not null"),
            Map.entry("partition", "attach partition"),
            Map.entry("partition", "detach partition"),
            Map.entry("privileges", "things: privileges of every kind"),
            Map.entry("publication", "things: publications"),
            Map.entry("recreate-enum", "enum anew: a label goes"),
            Map.entry("recreate-enum", "enum anew: labels only come"),
            Map.entry("rename-column", "rename a column"),
            Map.entry("rename-column", "rename a column by view"),
            Map.entry("rename-constraint", "rename constraint"),
            Map.entry("rename-object", "rename things"),
            Map.entry("rename-table", "rename a table"),
            Map.entry("sequence-position", "sequences: moved on, and nothing else"),
            Map.entry("table-settings", "table settings"),
            Map.entry("trigger", "triggers"),
            Map.entry("trigger", "drop trigger and policy"),
            Map.entry("type-attributes", "types: attributes of a composite type"));

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
            for (Map.Entry<String, String> example : EXAMPLES) {
                CasePlans.Planned result = planned.get(example.getValue());
                assertThat(result).as("case \"%s\"", example.getValue()).isNotNull();
                assertThat(result.operations().values())
                        .as("operations of case \"%s\"", example.getValue())
                        .contains(example.getKey());
                pages.get(example.getKey())
                        .example(cases.get(example.getValue()), result.plan().orElseThrow());
            }
            Set<String> shown = EXAMPLES.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
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
