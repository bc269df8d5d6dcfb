package dev.sluice.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.junit.jupiter.api.Test;
import run.endive.wasm.Parser;
import run.endive.wasm.types.FunctionBody;

final class CompiledGrammarTest {
    /** The engine's compiler strips the functions it compiled from the module it leaves behind; only what it interprets keeps a body. */
    @Test
    void no_function_is_interpreted() throws Exception {
        try (InputStream module = Grammar.class.getResourceAsStream("PgGrammar.meta")) {
            FunctionBody[] bodies = Parser.parse(module).codeSection().functionBodies();
            assertThat(bodies)
                    .hasSizeGreaterThan(700)
                    .allSatisfy(body -> assertThat(body.instructions()).hasSizeLessThan(4));
        }
    }
}
