package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.sql.Identifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names that are legal and mean harm, of schemas, tables, columns, constraints and functions, and as values: through the whole
 * of a life, up, contract, down and purge, with both versions writing, compared with the plain run ({@code sluice test}).
 */
class HostileLifeDbTest {

    private static final List<String> NAMES = List.of(
            "it's $sluice$ \"quoted\"\\ %I %s;--/*\n",
            "x".repeat(63),
            "select",
            "Mixed Case",
            "ünïcødé 😀",
            "é".repeat(31) + "x",
            "back\\slash",
            "new\nline\ttab",
            " lead and trail ",
            "new_wrote",
            "sluice_result",
            "NEW",
            "$1",
            "${x}",
            "public.text",
            "'); DROP TABLE users; --");

    @TempDir
    Path directory;

    @Test
    void theWorstOfThemAll() {
        prove(NAMES.subList(0, 1));
    }

    @Test
    @Tag("full")
    void eachOfThem() {
        prove(NAMES);
    }

    private void prove(List<String> names) {
        TestProject project = new TestProject(directory, Map.of());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String version = "202601" + String.format("%02d", i + 1);
            int step = 0;
            for (String script : scripts(Identifier.quote(name), Identifier.literal(name))) {
                project.migration(version + String.format("%06d", step++) + "_n" + i, script);
            }
        }

        TestProject.Said said = project.sluice("test", "--rows", "30", "--states", "0", "--format", "json");

        JsonObject report = JsonParser.parseString(said.out()).getAsJsonObject();
        assertThat(said.code()).as(said.all()).isZero();
        assertThat(report.get("planned").getAsInt()).isEqualTo(names.size() * 5);
        assertThat(report.get("equal").getAsInt()).isEqualTo(names.size() * 5);
    }

    /** {@code q} in the place of the name, {@code 'l'} in that of the name as a value. */
    private static List<String> scripts(String name, String literal) {
        return List.of("""
                CREATE SCHEMA @q@;
                CREATE FUNCTION @q@.@q@(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
                CREATE TABLE @q@.@q@ (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    @q@ text NOT NULL DEFAULT @l@ CONSTRAINT @q@ CHECK (@q@ <> @l@ || 'x'), n int NOT NULL DEFAULT 7,
                    gone text DEFAULT @l@, code varchar(9));
                CREATE INDEX ON @q@.@q@ (@q@);
                COMMENT ON COLUMN @q@.@q@.@q@ IS @l@;
                """, """
                ALTER TABLE @q@.@q@ RENAME COLUMN @q@ TO r;
                ALTER TABLE @q@.@q@ ALTER COLUMN n TYPE bigint;
                """, """
                ALTER TABLE @q@.@q@ ADD COLUMN @q@ text;
                UPDATE @q@.@q@ SET @q@ = upper(r) || @l@;
                ALTER TABLE @q@.@q@ ALTER COLUMN @q@ SET NOT NULL;
                ALTER TABLE @q@.@q@ DROP COLUMN gone;
                """, """
                ALTER TABLE @q@.@q@ RENAME TO moved;
                """, """
                DROP TABLE @q@.moved;
                """).stream()
                .map(script -> script.replace("@q@", name).replace("@l@", literal.strip()))
                .toList();
    }
}
