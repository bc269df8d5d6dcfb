package dev.sluice.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each function of the module answers to a statement, in the form of {@code reference.mjs}. */
final class EveryFunction {
    private static final List<String> TEXT_FUNCTIONS =
            List.of("wasm_parse_query", "wasm_parse_plpgsql", "wasm_fingerprint", "wasm_normalize_query", "wasm_scan");

    private @Nullable LibPgQuery pg;

    List<String> answers(byte[] sql) {
        List<String> answers = new ArrayList<>();
        answers.add(unlessAborted(p -> raw(p, sql)));
        answers.add(unlessAborted(p -> detailed(p, sql)));
        TEXT_FUNCTIONS.forEach(function -> answers.add(unlessAborted(p -> p.text(function, sql))));
        return answers;
    }

    private interface Work {
        String on(LibPgQuery pg);
    }

    private String unlessAborted(Work work) {
        LibPgQuery usable = pg == null ? new LibPgQuery() : pg;
        pg = usable;
        try {
            return work.on(usable);
        } catch (GrammarFailure e) {
            pg = null;
            return "aborted";
        }
    }

    private static String raw(LibPgQuery pg, byte[] sql) {
        int text = pg.copyIn(sql);
        int result = pg.call("wasm_parse_query_raw", text);
        int error = pg.memory().readInt(result + 8);
        Stream<String> answer = strings(pg, result, 0, 4);
        if (error != 0) {
            answer = Stream.of(answer, strings(pg, error, 0, 4, 8), words(pg, error, 12, 16), strings(pg, error, 20))
                    .flatMap(s -> s);
        }
        String line = String.join("|", answer.toList());
        pg.call("wasm_free_parse_result", result);
        pg.call("free", text);
        return line;
    }

    private static String detailed(LibPgQuery pg, byte[] sql) {
        int text = pg.copyIn(sql);
        int result = pg.call("wasm_parse_query_detailed", text);
        String line = String.join(
                "|",
                Stream.of(
                                words(pg, result, 0),
                                strings(pg, result, 4, 8, 12),
                                words(pg, result, 16, 20),
                                strings(pg, result, 24, 28))
                        .flatMap(s -> s)
                        .toList());
        pg.call("wasm_free_detailed_result", result);
        pg.call("free", text);
        return line;
    }

    private static Stream<String> words(LibPgQuery pg, int address, int... offsets) {
        return IntStream.of(offsets).mapToObj(o -> Integer.toString(pg.memory().readInt(address + o)));
    }

    private static Stream<String> strings(LibPgQuery pg, int address, int... offsets) {
        return IntStream.of(offsets)
                .map(o -> pg.memory().readInt(address + o))
                .mapToObj(p -> p == 0 ? "-" : pg.string(p));
    }
}
