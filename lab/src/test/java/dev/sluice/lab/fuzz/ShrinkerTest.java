package dev.sluice.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {

    private static final Scenario LARGE = new Scenario(
            List.of("CREATE TYPE one", "CREATE TYPE two"),
            List.of(table("a", 100), table("b", 50)),
            List.of("CREATE INDEX ON public.a (x)", "COMMENT ON TABLE public.b IS 'b'"),
            List.of("first", "second", "third"),
            List.of());

    @Test
    void leavesOutWhateverTheFailureDoesNotNeed() {
        Shrinker.Shrunk shrunk = new Shrinker(s -> failing(s, "x")).shrink(LARGE, failing(LARGE, "x"));

        Scenario small = shrunk.scenario();
        assertThat(small.up()).containsExactly("second");
        assertThat(small.before()).isEmpty();
        assertThat(small.after()).isEmpty();
        assertThat(small.tables()).singleElement().satisfies(t -> {
            assertThat(t.name().name()).isEqualTo("a");
            assertThat(t.columns()).extracting(FuzzColumn::name).containsExactly("x");
            assertThat(t.rows()).isEqualTo(3);
        });
    }

    @Test
    void takesAnotherFailureForNoProof() {
        Shrinker.Shrunk shrunk = new Shrinker(
                        s -> s.equals(LARGE) ? Verdict.failed("rows differ", "") : Verdict.failed("schema differs", ""))
                .shrink(LARGE, Verdict.failed("rows differ", ""));

        assertThat(shrunk.scenario()).isEqualTo(LARGE);
    }

    /** Fails when the second statement meets column x of table a with three rows or more. */
    private static Verdict failing(Scenario s, String column) {
        boolean fails = s.up().contains("second")
                && s.tables().stream()
                        .anyMatch(t -> t.name().name().equals("a")
                                && t.rows() >= 3
                                && t.columns().stream().anyMatch(c -> c.name().equals(column)));
        return fails ? Verdict.failed("rows differ", "") : Verdict.proven();
    }

    private static FuzzTable table(String name, int rows) {
        return new FuzzTable(
                QualifiedName.of("public", name),
                List.of(
                        new FuzzColumn("x", "integer", Optional.of("i")),
                        new FuzzColumn("y", "text DEFAULT 'y'", Optional.of("'y'"))),
                List.of("PRIMARY KEY (x)"),
                "",
                List.of(),
                rows,
                true);
    }
}
