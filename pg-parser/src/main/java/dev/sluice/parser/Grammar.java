package dev.sluice.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/**
 * The compiled module: class files and data shared by all instances, read once at first use.
 *
 * <p>The class {@code PgGrammarMachine} and the resource {@code PgGrammar.meta} are made by the build from the npm package.
 */
final class Grammar {
    /**
     * 64 KiB pages an instance starts with. The module asks for 2,048; its stack and data end below page 527 and the rest is heap,
     * which grows on demand, so 600 is enough to start and saves 90 MiB.
     */
    private static final int INITIAL_PAGES = 600;
    /** What the module itself declares: 1 GiB. */
    private static final int MAXIMUM_PAGES = 16_384;

    private Grammar() {}

    /** A fresh instance with its own memory; not thread-safe. */
    static Instance instantiate() {
        WasmModule module = Module.INSTANCE;
        ImportValues imports = HostFunctions.forModule(module);
        return Instance.builder(module)
                .withImportValues(imports)
                .withMachineFactory(PgGrammarMachine::new)
                .withMemoryFactory(ByteArrayMemory::new)
                .withMemoryLimits(new MemoryLimits(INITIAL_PAGES, MAXIMUM_PAGES))
                .build();
    }

    private static final class Module {
        static final WasmModule INSTANCE = read();

        private static WasmModule read() {
            try (InputStream in = Grammar.class.getResourceAsStream("PgGrammar.meta")) {
                if (in == null) {
                    throw new IllegalStateException("PgGrammar.meta is missing next to " + Grammar.class.getName()
                            + ": the jar is incomplete; build pg-parser with Maven");
                }
                return Parser.parse(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
