package dev.sluice.lab.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Leaves out of a failing scenario whatever it can while it still fails at the same stage. A scenario from which something is
 * missing that the rest needs is invalid, so it needs to know nothing about dependencies.
 */
final class Shrinker {

    private static final int MOST_RUNS = 400;

    private final Function<Scenario, Verdict> run;
    private int runs;

    Shrinker(Function<Scenario, Verdict> run) {
        this.run = run;
    }

    /** The smallest scenario found, with its verdict. */
    record Shrunk(Scenario scenario, Verdict verdict) {}

    Shrunk shrink(Scenario failing, Verdict verdict) {
        Shrunk best = new Shrunk(failing, verdict);
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            List<Scenario> candidates = candidates(best.scenario()).toList();
            for (int i = 0; i < candidates.size() && runs < MOST_RUNS; i++) {
                Verdict answer = run.apply(candidates.get(i));
                runs++;
                if (answer.isFailure() && answer.stage().equals(verdict.stage())) {
                    best = new Shrunk(candidates.get(i), answer);
                    smaller = true;
                    break;
                }
            }
        }
        return best;
    }

    /** The boldest first. */
    private static Stream<Scenario> candidates(Scenario s) {
        return Stream.of(
                        without(s.up()).map(s::withUp),
                        without(s.tables()).map(tables -> withoutMentions(s, tables)),
                        s.after().isEmpty() ? Stream.<Scenario>of() : Stream.of(s.withAfter(List.of())),
                        without(s.after()).map(s::withAfter),
                        without(s.before()).map(s::withBefore),
                        tables(s),
                        without(s.down()).map(s::withDown))
                .flatMap(x -> x);
    }

    /** A table takes the statements along that name it. */
    private static Scenario withoutMentions(Scenario s, List<FuzzTable> tables) {
        List<FuzzTable> gone = new ArrayList<>(s.tables());
        gone.removeAll(tables);
        return s.withTables(tables)
                .withAfter(s.after().stream()
                        .filter(statement -> gone.stream()
                                .noneMatch(t -> statement.contains(t.name().quoted())))
                        .toList());
    }

    private static Stream<Scenario> tables(Scenario s) {
        Stream<Scenario> all = Stream.of();
        for (int i = 0; i < s.tables().size(); i++) {
            int at = i;
            FuzzTable table = s.tables().get(i);
            all = Stream.concat(all, tables(table).map(smaller -> {
                List<FuzzTable> tables = new ArrayList<>(s.tables());
                tables.set(at, smaller);
                return s.withTables(tables);
            }));
        }
        return all;
    }

    private static Stream<FuzzTable> tables(FuzzTable table) {
        return Stream.of(
                        without(table.columns()).map(table::withColumns),
                        without(table.constraints()).map(table::withConstraints),
                        Stream.of(0, 1, 2, table.rows() / 4, table.rows() / 2, table.rows() - 1)
                                .filter(rows -> rows < table.rows())
                                .map(table::withRows),
                        table.columns().stream()
                                .filter(c -> !c.simpler().equals(c))
                                .map(c -> table.withColumns(table.columns().stream()
                                        .map(x -> x.equals(c) ? c.simpler() : x)
                                        .toList())),
                        table.seemsLarge() ? Stream.of(table.small()) : Stream.<FuzzTable>of())
                .flatMap(x -> x);
    }

    /** The list without one of its elements, in turn. */
    private static <T> Stream<List<T>> without(List<T> list) {
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(i -> {
            List<T> rest = new ArrayList<>(list);
            rest.remove((int) i);
            return rest;
        });
    }
}
