package dev.sluice.postgres.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.planner.About;
import dev.sluice.planner.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages themselves need plans, and so a server: {@code OperationPagesDbTest} has them. */
final class OperationsTest {

    @Test
    void everyOperationSaysWhatItIs() {
        for (Operation operation : Operations.ALL) {
            List<String> heads = operation.about().sections().stream()
                    .map(About.Section::head)
                    .toList();

            assertThat(heads).as(operation.id()).doesNotHaveDuplicates();
            assertThat(operation.about().toString()).as(operation.id()).doesNotContain("TODO");
            if (!operation.id().equals("refused")) {
                assertThat(heads).as(operation.id()).contains("Undo", "Locks");
                assertThat(heads).as(operation.id()).containsAnyOf("Expand", "Contract");
            }
        }
    }

    @Test
    void idsAreUnique() {
        assertThat(Operations.ALL.stream().map(Operation::id)).doesNotHaveDuplicates();
    }
}
