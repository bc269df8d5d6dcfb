package dev.sluice.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CompiledGrammarTest {
    /** The engine's compiler gives a machine that interprets some functions a field for its interpreter. */
    @Test
    void no_function_is_interpreted() {
        assertThat(Stream.of(PgGrammarMachine.class.getDeclaredFields()).map(f -> f.getType().getSimpleName()))
                .contains("Instance")
                .noneMatch(type -> type.contains("Interpreter"));
    }
}
