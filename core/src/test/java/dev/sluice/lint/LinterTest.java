package dev.sluice.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.SourceText;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LinterTest {

    private static final PgParser PARSER = new PgParser();

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @Test
    void aForkKnowsWhatWasBeforeAndLeavesTheOtherAsItWas() {
        Linter linter = new Linter(PARSER, 14, LocalDate.of(2026, 1, 31));
        linter.lint(script("""
            CREATE TYPE mood AS ENUM ('a');
            CREATE TABLE t (id int PRIMARY KEY, n varchar(5), m mood);
            CREATE VIEW v AS SELECT id FROM t;
            CREATE TRIGGER g BEFORE UPDATE OF n ON t FOR EACH ROW EXECUTE FUNCTION f();
            ALTER TABLE elsewhere ADD COLUMN c int;"""));
        MigrationScript next = script("ALTER TABLE t ALTER n TYPE text; ALTER TABLE elsewhere ADD CHECK (c > 0);");
        List<Finding> first = linter.fork().lint(next);

        Linter other = linter.fork();
        other.lint(script("DROP TABLE t CASCADE; ALTER TABLE elsewhere RENAME TO nowhere; DROP TYPE mood;"));

        assertThat(linter.fork().lint(next)).isEqualTo(first).anyMatch(Finding::possible);
        assertThat(other.fork().lint(next)).isNotEqualTo(first);
        assertThat(linter.lint(next)).isEqualTo(first);
    }

    private static MigrationScript script(String sql) {
        return MigrationScript.of(new SourceText("a.sql", sql));
    }
}
