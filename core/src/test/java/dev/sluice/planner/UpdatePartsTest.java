package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UpdatePartsTest {

    private static final Planning PLANNING = new Planning();

    @AfterAll
    static void close() {
        PLANNING.close();
    }

    private static Optional<UpdateParts> parts(String sql) {
        return UpdateParts.of(Script.parse(PLANNING.parser(), new SourceText("x.sql", sql))
                .statements()
                .get(0));
    }

    @Test
    void clausesEndWhereTheNextBegins() {
        UpdateParts parts = parts(
                        "UPDATE t SET a = extract(year FROM b), c = (SELECT 1 FROM x WHERE y), \"d e\" = f IS DISTINCT FROM g"
                                + " FROM u WHERE t.id = u.id")
                .orElseThrow();

        assertThat(parts.assignments())
                .containsEntry("a", "extract(year FROM b)")
                .containsEntry("c", "(SELECT 1 FROM x WHERE y)")
                .containsEntry("d e", "f IS DISTINCT FROM g");
        assertThat(parts.from()).contains("u");
        assertThat(parts.where()).contains("t.id = u.id");
    }

    @Test
    void anAliasHidesTheTablesName() {
        assertThat(parts("UPDATE users AS u SET a = u.b").orElseThrow().names()).containsExactly("u");
    }

    @Test
    void aRowIsAssignedColumnByColumn() {
        assertThat(parts("UPDATE t SET (a, \"B\") = (f(1, 2), ROW(3, x)), c = 4 WHERE d")
                        .orElseThrow()
                        .assignments())
                .containsExactly(Map.entry("a", "f(1, 2)"), Map.entry("B", "ROW(3, x)"), Map.entry("c", "4"));
        assertThat(parts("UPDATE t SET (a, b) = ROW(1, c)").orElseThrow().assignments())
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "c"));
    }

    @Test
    void formsThatHaveNoRowByRowMeaningAreLeftAlone() {
        assertThat(parts("UPDATE t SET (a, b) = (SELECT 1, 2)")).isEmpty();
        assertThat(parts("WITH x AS (SELECT 1) UPDATE t SET a = 1")).isEmpty();
        assertThat(parts("UPDATE t SET a = 1 RETURNING a")).isEmpty();
    }
}
