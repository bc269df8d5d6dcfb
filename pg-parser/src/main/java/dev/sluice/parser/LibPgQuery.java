package dev.sluice.parser;

import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/** libpg_query's functions on one instance of the module. Not thread-safe, and not usable after any unchecked exception. */
final class LibPgQuery {
    /** As linked by the package; below it lie the module's data. */
    private static final int STACK_BYTES = 32 << 20;

    private final Instance instance;

    LibPgQuery() {
        instance = Grammar.instantiate();
        int top = call("emscripten_stack_get_current");
        call("__set_stack_limits", top, top - STACK_BYTES);
        call("__wasm_call_ctors");
    }

    /** 64 KiB pages of memory in use, which never shrinks. */
    int pages() {
        return memory().pages();
    }

    /** {@code PgQueryParseResult} is {char *tree, char *stderr, PgQueryError *error}. */
    String parse(byte[] sql) throws PgSyntaxException {
        int text = copyIn(sql);
        int result = call("wasm_parse_query_raw", text);
        int error = memory().readInt(result + 8);
        @Nullable PgSyntaxException failure = error == 0 ? null : syntaxError(error);
        String tree = error == 0 ? string(memory().readInt(result)) : "";
        call("wasm_free_parse_result", result);
        call("free", text);
        if (failure != null) {
            throw failure;
        }
        return tree;
    }

    /** Calls one of the functions that answer with a string, whether it is a result or an error message. */
    String text(String function, byte[] sql) {
        int text = copyIn(sql);
        int result = call(function, text);
        String answer = string(result);
        call("wasm_free_string", result);
        call("free", text);
        return answer;
    }

    /** {@code PgQueryError} is {char *message, char *funcname, char *filename, int lineno, int cursorpos, char *context}. */
    private PgSyntaxException syntaxError(int error) {
        return new PgSyntaxException(string(memory().readInt(error)), Math.max(0, memory().readInt(error + 16)));
    }

    int copyIn(byte[] sql) {
        int address = call("malloc", sql.length + 1);
        if (address == 0) {
            throw new GrammarFailure("out of memory");
        }
        memory().write(address, sql);
        memory().writeByte(address + sql.length, (byte) 0);
        return address;
    }

    int call(String function, long... args) {
        long[] results = instance.export(function).apply(args);
        return results == null || results.length == 0 ? 0 : (int) results[0];
    }

    String string(int address) {
        return HostFunctions.cString(memory(), address);
    }

    Memory memory() {
        return instance.memory();
    }
}
