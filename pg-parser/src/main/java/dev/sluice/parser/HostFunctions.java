package dev.sluice.parser;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;

/**
 * What the module expects of its surroundings (Emscripten's conventions): memory growth, a silent file system, and
 * {@code setjmp}/{@code longjmp}, on which PostgreSQL's error reporting is built.
 */
final class HostFunctions {
    private static final long[] NOTHING = {};
    private static final long[] ZERO = {0};
    /** WASI: not seekable. */
    private static final long[] ESPIPE = {70};

    private HostFunctions() {}

    static ImportValues forModule(WasmModule module) {
        ImportValues.Builder imports = ImportValues.builder();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport function
                    && function.importType() == ExternalType.FUNCTION) {
                FunctionType type = module.typeSection().getType(function.typeIndex());
                imports.addFunction(
                        new HostFunction(function.module(), function.name(), type, named(function.name(), type)));
            }
        }
        return imports.build();
    }

    private static WasmFunctionHandle named(String name, FunctionType type) {
        if (name.startsWith("invoke_")) {
            return invoke(type.returns().isEmpty() ? NOTHING : ZERO);
        }
        return switch (name) {
            case "_emscripten_throw_longjmp" ->
                (instance, args) -> {
                    throw Longjmp.INSTANCE;
                };
            case "emscripten_resize_heap" -> (instance, args) -> grow(instance.memory(), args[0] & 0xFFFFFFFFL);
            case "fd_write" -> (instance, args) -> swallow(instance.memory(), args);
            case "fd_read" ->
                (instance, args) -> {
                    instance.memory().writeI32((int) args[3], 0);
                    return ZERO;
                };
            case "fd_seek" -> (instance, args) -> ESPIPE;
            case "fd_close", "_setitimer_js" -> (instance, args) -> ZERO;
            case "_emscripten_runtime_keepalive_clear" -> (instance, args) -> NOTHING;
            case "__assert_fail" ->
                (instance, args) -> {
                    throw new GrammarFailure("assertion failed: " + cString(instance.memory(), (int) args[0]));
                };
            case "_abort_js" ->
                (instance, args) -> {
                    throw new GrammarFailure("abort");
                };
            case "exit", "proc_exit" ->
                (instance, args) -> {
                    throw new GrammarFailure("exit " + args[0]);
                };
            default -> throw new IllegalStateException("PostgreSQL's grammar imports an unknown function: " + name);
        };
    }

    /** Calls through the function table; a {@code longjmp} below it unwinds to here and is reported by {@code setThrew}. */
    private static WasmFunctionHandle invoke(long[] afterJump) {
        return (instance, args) -> {
            long stack = instance.export("emscripten_stack_get_current").apply()[0];
            int function = instance.table(0).requiredRef((int) args[0]);
            try {
                return instance.getMachine().call(function, Arrays.copyOfRange(args, 1, args.length));
            } catch (Longjmp jump) {
                instance.export("_emscripten_stack_restore").apply(stack);
                instance.export("setThrew").apply(1, 0);
                return afterJump;
            }
        };
    }

    private static long[] grow(Memory memory, long bytes) {
        long page = Memory.PAGE_SIZE;
        long wanted = Math.max(bytes, (long) memory.pages() * page * 5 / 4);
        long pages = Math.min((wanted + page - 1) / page, memory.maximumPages());
        boolean enough = pages * page >= bytes;
        return new long[] {enough && memory.grow((int) (pages - memory.pages())) >= 0 ? 1 : 0};
    }

    private static long[] swallow(Memory memory, long[] args) {
        int written = 0;
        for (int i = 0; i < args[2]; i++) {
            written += memory.readInt((int) args[1] + 8 * i + 4);
        }
        memory.writeI32((int) args[3], written);
        return ZERO;
    }

    static String cString(Memory memory, int address) {
        int end = address;
        while (memory.read(end) != 0) {
            end++;
        }
        return new String(memory.readBytes(address, end - address), StandardCharsets.UTF_8);
    }

    /** Preallocated and without a stack trace: it is control flow, thrown for every syntax error. */
    private static final class Longjmp extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Longjmp INSTANCE = new Longjmp();

        private Longjmp() {
            super("longjmp", null, false, false);
        }
    }
}
