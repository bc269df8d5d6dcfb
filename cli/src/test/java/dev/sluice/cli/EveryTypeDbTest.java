package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type and its edges, image for image: through a backfill, through a dual write in both directions, and back. */
@ExtendWith(PostgresExtension.class)
@Timeout(180)
class EveryTypeDbTest {

    private static final String TYPES = """
            CREATE EXTENSION IF NOT EXISTS citext;
            CREATE EXTENSION IF NOT EXISTS hstore;
            CREATE TYPE mood AS ENUM ('sad', 'o''k', 'très content');
            CREATE TYPE inner_c AS (a int, "b ""q" text);
            CREATE TYPE nested AS (i inner_c, list inner_c[], m mood);
            CREATE DOMAIN positive AS numeric CHECK (VALUE > 0);
            CREATE TYPE float_range AS RANGE (subtype = float8);
            """;

    /** Types and expressions of their edges; a type that this database lacks (an extension) is left out. */
    private static final Map<String, List<String>> EDGES = Map.ofEntries(
            Map.entry("smallint", List.of("-32768", "32767", "0")),
            Map.entry("bigint", List.of("-9223372036854775808", "9223372036854775807")),
            Map.entry("real", List.of("'NaN'", "'Infinity'", "'-Infinity'", "'-0'", "1e-45", "3.4028235e38")),
            Map.entry("float8", List.of("'NaN'", "'-0'", "'Infinity'", "5e-324", "1.7976931348623157e308")),
            Map.entry("numeric", List.of("'NaN'", "'Infinity'", "1.0", "1.00", "0.000000000000000000001", "1e100")),
            Map.entry("numeric(30, 10)", List.of("1.5", "-99999999999999999999.9999999999")),
            Map.entry("positive", List.of("0.1", "1e50")),
            Map.entry("money", List.of("'-92233720368547758.08'::money", "'12.34'::money")),
            Map.entry(
                    "text",
                    List.of("''", "' '", "repeat('ü😀', 125000)", "E'\\t\\n\\r\\\\'", "'NULL'", "U&'\\0065\\0301'")),
            Map.entry("varchar(5)", List.of("'abcde'", "'a    '")),
            Map.entry("char(5)", List.of("'a'", "'     '")),
            Map.entry("\"char\"", List.of("'x'", "''")),
            Map.entry("name", List.of("'n'")),
            Map.entry("text COLLATE \"C\"", List.of("'Ä'", "'a'")),
            Map.entry("bytea", List.of("''::bytea", "'\\x00ff00'::bytea", "decode(repeat('00ff', 500000), 'hex')")),
            Map.entry("boolean", List.of("true", "false")),
            Map.entry("date", List.of("'infinity'", "'-infinity'", "'4713-01-01 BC'", "'5874897-12-31'")),
            Map.entry("time", List.of("'24:00'", "'00:00:00.000001'")),
            Map.entry("timetz", List.of("'12:00+15:59'", "'12:00-15:59:59'")),
            Map.entry("timestamp", List.of("'infinity'", "'4713-01-01 00:00 BC'", "'294276-12-31 23:59:59.999999'")),
            Map.entry("timestamptz", List.of("'-infinity'", "'2026-03-29 02:30 Europe/Berlin'")),
            Map.entry("timestamp(3)", List.of("'2026-01-01 00:00:00.9995'")),
            Map.entry("interval", List.of("'1 mon'", "'30 days'", "'720:00:00'", "'-178000000 years'")),
            Map.entry("uuid", List.of("'00000000-0000-0000-0000-000000000000'::uuid")),
            Map.entry("json", List.of("'{\"a\": 1, \"a\": 2}'", "'  [1.0,  1e400]'", "'null'")),
            Map.entry("jsonb", List.of("'{\"a\": 1.0, \"b\": 1.00}'", "'null'", "'1e1000'", "'\"\\u00e9\"'")),
            Map.entry("xml", List.of("'<a b=\"1\">  x </a>'", "'<!-- c --><a/>'")),
            Map.entry("tsvector", List.of("'a:1A b:2,3'", "''")),
            Map.entry("tsquery", List.of("'a & (b | !c)'", "''")),
            Map.entry("bit(5)", List.of("B'10101'")),
            Map.entry("varbit", List.of("B''", "B'1'")),
            Map.entry("inet", List.of("'10.0.0.1/8'", "'::1'")),
            Map.entry("cidr", List.of("'10.0.0.0/8'")),
            Map.entry("macaddr8", List.of("'08:00:2b:01:02:03:04:05'")),
            Map.entry("point", List.of("'(NaN,-0)'", "'(1e300,Infinity)'")),
            Map.entry("polygon", List.of("'((0,0),(1,1),(1,0))'")),
            Map.entry("circle", List.of("'<(0,0),1>'")),
            Map.entry(
                    "int[]",
                    List.of("'{}'::int[]", "'{NULL,1}'::int[]", "'[-2:0]={1,2,3}'::int[]", "'{{1,2},{3,4}}'::int[]")),
            Map.entry("text[]", List.of("ARRAY['', 'NULL', NULL, '{\"']", "'{}'")),
            Map.entry("mood", List.of("'o''k'", "'très content'")),
            Map.entry("mood[]", List.of("ARRAY['sad'::mood, NULL]")),
            Map.entry(
                    "nested",
                    List.of(
                            "ROW(ROW(1, 'x\"y'), ARRAY[ROW(NULL, '')::inner_c, NULL], 'sad')::nested",
                            "ROW(NULL, NULL, NULL)::nested")),
            Map.entry("int4range", List.of("'empty'", "'(,)'", "'[1,1]'")),
            Map.entry("tstzrange", List.of("'[-infinity,infinity]'", "'(,)'")),
            Map.entry("float_range", List.of("'[NaN,NaN]'", "'(-Infinity,1)'")),
            Map.entry("nummultirange", List.of("'{}'", "'{[1.0,2.00),(5,)}'")),
            Map.entry("pg_lsn", List.of("'FFFFFFFF/FFFFFFFF'")),
            Map.entry("regclass", List.of("'pg_class'")),
            Map.entry("oid", List.of("4294967295")),
            Map.entry("xid8", List.of("'18446744073709551615'")),
            Map.entry("jsonpath", List.of("'$.a[*] ? (@ > 1)'")),
            Map.entry("citext", List.of("'Aa'", "'aA'")),
            Map.entry("hstore", List.of("'a=>NULL, b=>\"\"'")));

    @TempDir
    Path directory;

    static Stream<PostgresVersion> versions() {
        return Stream.of(PostgresVersion.V14, PostgresVersion.newest());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyValueIsTheSameImage(PostgresVersion version, TestDatabases databases) throws Exception {
        TestDatabase database = databases.create(version);
        database.execute(TYPES);
        List<String> types = EDGES.keySet().stream().sorted().toList();
        StringBuilder create = new StringBuilder("CREATE TABLE edge (id int PRIMARY KEY");
        StringBuilder change = new StringBuilder();
        List<String> fills = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            create.append(", c").append(i).append(' ').append(types.get(i));
            change.append("ALTER TABLE edge ADD COLUMN n")
                    .append(i)
                    .append(' ')
                    .append(types.get(i))
                    .append(";\n");
            fills.add("n" + i + " = c" + i);
        }
        change.append("UPDATE edge SET ").append(String.join(", ", fills)).append(";\n");
        for (int i = 0; i < types.size(); i++) {
            change.append("ALTER TABLE edge DROP COLUMN c").append(i).append(";\n");
        }
        StringBuilder down = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            down.append("ALTER TABLE edge ADD COLUMN c")
                    .append(i)
                    .append(' ')
                    .append(types.get(i))
                    .append(";\n");
        }
        down.append("UPDATE edge SET ")
                .append(String.join(
                        ", ",
                        fills.stream()
                                .map(f -> f.replaceAll("n(\\d+) = c\\d+", "c$1 = n$1"))
                                .toList()))
                .append(";\n");
        database.execute(create + ")");
        database.execute(rows(types, "edge", "c", 0));
        database.execute("CREATE TABLE expected AS SELECT * FROM edge");
        TestProject project = new TestProject(directory, Map.of("DATABASE_URL", database.url()))
                .file("migrations/20260101000000_types.sql", "-- migrate:up\n" + change + "-- migrate:down\n" + down);

        run(project, "up");
        same(database, types, "n", "expand");
        database.execute(rows(types, "edge", "c", 1000));
        same(database, types, "n", "the old version's writes");
        database.execute(rows(types, "edge", "n", 2000));
        same(database, types, "c", "the new version's writes");
        run(project, "contract");
        same(database, types, "n", "contract");
        database.execute(rows(types, "edge", "n", 3000));
        run(project, "down --yes");
        same(database, types, "c", "down");
    }

    /** Row {@code base + k} has the k-th edge of every type that has one, and else NULL. */
    private static String rows(List<String> types, String table, String prefix, int base) {
        StringBuilder sql = new StringBuilder();
        for (int k = 0; k < 6; k++) {
            List<String> names = new ArrayList<>(List.of("id"));
            List<String> values = new ArrayList<>(List.of(String.valueOf(base + k)));
            for (int i = 0; i < types.size(); i++) {
                List<String> edges = EDGES.get(types.get(i));
                if (k < edges.size()) {
                    names.add(prefix + i);
                    values.add(edges.get(k));
                }
            }
            sql.append("INSERT INTO ")
                    .append(table)
                    .append(" (")
                    .append(String.join(", ", names))
                    .append(") VALUES (")
                    .append(String.join(", ", values))
                    .append(");\n");
        }
        return sql.toString();
    }

    private static void same(TestDatabase database, List<String> types, String prefix, String when) throws Exception {
        StringBuilder asserts = new StringBuilder("DO $do$ BEGIN\n");
        for (int i = 0; i < types.size(); i++) {
            asserts.append("ASSERT (SELECT count(*) FROM edge e JOIN expected x ON x.id = e.id % 1000 WHERE NOT"
                    + " record_image_eq(ROW(e." + prefix + i + "), ROW(x.c" + i + "))) = 0, '" + when.replace("'", "''")
                    + ": "
                    + types.get(i).replace("'", "''") + "';\n");
        }
        database.execute(asserts + "END $do$");
    }

    private static void run(TestProject project, String command) {
        TestProject.Said said = project.sluice(command.split(" "));
        assertThat(said.code()).as(command + "\n" + said.all()).isZero();
    }
}
