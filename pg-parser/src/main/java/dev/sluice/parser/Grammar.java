package dev.sluice.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/**
 * The compiled module: class files and data shared by all instances, read once at first use.
 *
 * <p>The class {@code PgGrammarMachine} and the resources {@code PgGrammar.meta} (the module without code and data) and
 * {@code PgGrammar.data} (what its memory begins with) are made by the build from the npm package.
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
        WasmModule module = Module.DECLARATIONS;
        ImportValues imports = HostFunctions.forModule(module);
        Instance instance = Instance.builder(module)
                .withImportValues(imports)
                .withMachineFactory(PgGrammarMachine::new)
                .withMemoryFactory(ByteArrayMemory::new)
                .withMemoryLimits(new MemoryLimits(pages(Module.DATA.length), MAXIMUM_PAGES))
                .build();
        // The engine fills what an instance begins with with zeros once more, byte by byte; what is added later is
        // clear.
        instance.memory().grow(INITIAL_PAGES - instance.memory().pages());
        instance.memory().write(0, Module.DATA);
        return instance;
    }

    private static int pages(int bytes) {
        return (bytes + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE;
    }

    private static final class Module {
        static final WasmModule DECLARATIONS = Parser.parse(read("PgGrammar.meta"));
        static final byte[] DATA = read("PgGrammar.data");

        private static byte[] read(String resource) {
            try (InputStream in = Grammar.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException(resource + " is missing next to " + Grammar.class.getName()
                            + ": the jar is incomplete; build pg-parser with Maven");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
