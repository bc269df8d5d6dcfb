package dev.sluice.postgres.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.planner.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OperationsTest {

    private static final Path PAGES = Path.of("..", "docs", "operations");

    @Test
    void everyOperationHasItsPageAndEveryPageItsOperation() throws IOException {
        List<String> pages;
        try (Stream<Path> files = Files.list(PAGES)) {
            pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .toList();
        }

        assertThat(pages)
                .containsExactlyInAnyOrderElementsOf(Operations.ALL.stream()
                        .map(operation -> operation.id() + ".md")
                        .toList());
    }

    @Test
    void noPageIsAStub() throws IOException {
        for (Operation operation : Operations.ALL) {
            assertThat(Files.readString(PAGES.resolve(operation.id() + ".md")))
                    .as(operation.id())
                    .startsWith("# ")
                    .hasSizeGreaterThan(200)
                    .doesNotContain("TODO");
        }
    }
}
