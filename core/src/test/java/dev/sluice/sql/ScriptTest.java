package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.parser.PgParser;
import dev.sluice.parser.PgSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A long script is parsed in portions; what comes out is what PostgreSQL's parser makes of it as a whole. */
class ScriptTest {
    private static final PgParser PARSER = new PgParser();

    /** Semicolons in every place where one ends no statement, and letters of two, three and four bytes. */
    private static final String HARD = """
            -- a comment; with a semicolon
            CREATE TABLE "a;b" (id int DEFAULT 1, "käse" text DEFAULT 'x;y''z;'); /* ; /* ; */ ; */
            INSERT INTO "a;b" VALUES (1, E'\\';'), (2, 'é;€;😀');;
            CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;
            CREATE RULE r AS ON INSERT TO "a;b" DO ALSO (DELETE FROM "a;b" WHERE id = 0; SELECT 1; );
            DO $x$ BEGIN PERFORM 1; END; $x$;
            SELECT '€' -- behind it;
              , $$;$$;
            UPDATE "a;b" SET id = id + 1 WHERE "käse" = 'ü' ;
            """;

    @Test
    void portionsSayWhatTheWholeSays() throws PgSyntaxException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 300_000; i++) {
            text.append(HARD).append("-- ").append("filler ".repeat(i % 50)).append('\n');
        }
        text.append("SELECT 'without a semicolon'  -- at the end");

        assertSame(text.toString());
    }

    /** One that is longer than a portion, with semicolons all over it. */
    @Test
    void aStatementMayBeLongerThanAPortion() throws PgSyntaxException {
        assertSame("SELECT 1;CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC " + "SELECT 1;".repeat(40_000)
                + "END;SELECT 2;");
    }

    private static void assertSame(String text) throws PgSyntaxException {
        SourceText source = new SourceText("a.sql", "head;" + text);
        List<Statement> statements =
                Script.parse(PARSER, source, 5, source.text().length()).statements();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<JsonObject> whole = new ArrayList<>();
        for (JsonElement each :
                JsonParser.parseString(PARSER.parse(text)).getAsJsonObject().getAsJsonArray("stmts")) {
            whole.add(each.getAsJsonObject());
        }

        assertThat(statements).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            Statement statement = statements.get(i);
            int begin = whole.get(i).has("stmt_location")
                    ? whole.get(i).get("stmt_location").getAsInt()
                    : 0;
            assertThat(statement.start()).isEqualTo(5 + characters(bytes, begin));
            Node expected = Node.of(whole.get(i).get("stmt"));
            assertThat(withoutPlaces(statement.node())).isEqualTo(withoutPlaces(expected));
            List<Node> there = statement.node().walk().toList();
            List<Node> wanted = expected.walk().toList();
            for (int node = 0; node < wanted.size(); node++) {
                if (wanted.get(node).location() >= 0) {
                    assertThat(statement.start() + statement.offset(there.get(node)))
                            .isEqualTo(5 + characters(bytes, wanted.get(node).location()));
                }
            }
            assertThat(statement.sql()).doesNotEndWith(" ").doesNotEndWith(";");
            assertThat(withoutPlaces(Script.parse(PARSER, new SourceText("one", statement.sql()))
                            .statements()
                            .get(0)
                            .node()))
                    .isEqualTo(withoutPlaces(expected));
            if (i > 200) {
                i += 97; // it begins anew all the time
            }
        }
    }

    private static int characters(byte[] bytes, int to) {
        return new String(bytes, 0, to, StandardCharsets.UTF_8).length();
    }

    private static String withoutPlaces(Node node) {
        return node.fields().toString().replaceAll(",?\"(location|stmt_location|stmt_len)\":\\d+", "");
    }

    @Test
    void aMistakeInALaterPortionHasItsPlace() {
        String text = "SELECT 'é';\n".repeat(20_000);

        assertThatThrownBy(() -> Script.parse(PARSER, new SourceText("a.sql", text + "SELECT FROM FROM;\n" + text)))
                .hasMessageStartingWith("a.sql:20001:13: syntax error at or near \"FROM\"");
        assertThatThrownBy(() -> Script.parse(PARSER, new SourceText("a.sql", text + "SELECT (1;\n" + text)))
                .hasMessageStartingWith("a.sql:20001:10: syntax error at or near \";\"");
        assertThatThrownBy(() -> Script.parse(PARSER, new SourceText("a.sql", text + "SELECT (1")))
                .hasMessageStartingWith("a.sql:20001:10: syntax error at end of input");
    }

    @Test
    void anOutlineHasTheFirstRowOfConstants() {
        String values = ", (2, 'it''s; all', -3.5), (3, NULL, TRUE), (4, 'ö', 7)".repeat(5);
        String text = "SELECT 'ä'; INSERT INTO s.\"t;\" (a, \"b\", c) VALUES (1, 'x', 2)" + values
                + " ; ALTER TABLE t ADD COLUMN \"ü\" int;";
        Script whole = Script.parse(PARSER, new SourceText("a.sql", text));
        Script outline = Script.outline(PARSER, new SourceText("a.sql", text), 0, text.length());

        assertThat(outline.statements().stream().map(Statement::sql))
                .isEqualTo(whole.statements().stream().map(Statement::sql).toList());
        assertThat(outline.statements().stream().map(Statement::start))
                .isEqualTo(whole.statements().stream().map(Statement::start).toList());
        assertThat(rows(outline, 1)).isEqualTo(1);
        assertThat(rows(whole, 1)).isEqualTo(16);
        Statement last = outline.statements().get(2);
        Node column = last.node().all("ColumnDef").get(0);
        assertThat(last.sql().substring(last.offset(column))).startsWith("\"ü\" int");
    }

    /** Whatever it does not know is the parser's, and so are its mistakes. */
    @Test
    void anythingButConstantsIsReadInFull() {
        for (String more : List.of(
                "(2, now())",
                "(2, 'a'::text)",
                "(2, E'\\'')",
                "(2, 'a'\n'b')",
                "(2, 1e5)",
                "(2, 0x1F)",
                "(2, DEFAULT)",
                "(2, $$a$$)",
                "(2, U&'a')",
                "(2, 'a') ON CONFLICT DO NOTHING",
                "(2, 'a') RETURNING 1",
                "(2, 'a') -- the end",
                "/* two */ (2, 'a')")) {
            String text = "INSERT INTO t (a, b) VALUES (1, 'x'), (1, 'x'), (1, 'x'), (1, 'x'), (1, 'x'),"
                    + " (1, 'x'), (1, 'x'), (1, 'x'), (1, 'x'), " + more;
            assertThat(rows(Script.outline(PARSER, new SourceText("a.sql", text), 0, text.length()), 0))
                    .as(more)
                    .isEqualTo(10);
        }
        String rows = ", (1, 'x')".repeat(12);
        for (String wrong :
                List.of("(1 'x')", "(1,)", "()", "(1, 'x'", "1, 'x')", "(1, --\n'x'", ",(1)", "(1)(1)", "(1) FROM")) {
            String text = "INSERT INTO t (a, b) VALUES (1, 'x')" + rows + ", " + wrong;
            assertThatThrownBy(() -> Script.outline(PARSER, new SourceText("a.sql", text), 0, text.length()))
                    .as(wrong)
                    .isInstanceOf(SqlSyntaxException.class);
        }
    }

    /** A new label cannot be used at once: then each constant counts. */
    @Test
    void whereLabelsAreAddedAllRowsStay() {
        String text =
                "ALTER TYPE mood ADD VALUE 'new'; INSERT INTO t (a, b) VALUES (1, 'x')" + ", (1, 'new')".repeat(12);

        assertThat(rows(Script.outline(PARSER, new SourceText("a.sql", text), 0, text.length()), 1))
                .isEqualTo(13);
    }

    private static int rows(Script script, int statement) {
        return script.statements()
                .get(statement)
                .node()
                .get("selectStmt")
                .list("valuesLists")
                .size();
    }
}
