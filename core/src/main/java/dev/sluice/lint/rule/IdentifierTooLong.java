package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A name that PostgreSQL cuts. */
final class IdentifierTooLong implements Rule {

    /** Statements that hold more texts than names. */
    private static final Set<String> ROWS = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "SelectStmt", "CopyStmt");

    private static final int LIMIT = 63;

    @Override
    public String id() {
        return "identifier-too-long";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a name longer than 63 bytes", """
            PostgreSQL cuts names after 63 bytes and says so in a notice only. Two long names may become one,
            and code that looks the whole name up in the catalog does not find it.\
            """, "A shorter name.");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (ROWS.contains(scene.node().type())) {
            return;
        }
        if (!hasLongWord(scene.statement().sql())) {
            return;
        }
        String sql = scene.statement().sql().toLowerCase(Locale.ROOT);
        scene.node()
                .walk()
                .flatMap(node -> node.fields().entrySet().stream())
                .filter(field ->
                        NAMES.contains(field.getKey()) && field.getValue().isJsonPrimitive())
                .map(field -> field.getValue().getAsString())
                .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > LIMIT - 4)
                .filter(name -> goesOn(sql, name.toLowerCase(Locale.ROOT)))
                .distinct()
                .forEach(name -> report.found(scene.node(), "PostgreSQL cuts the name to " + name, fix(scene, name)));
    }

    /** Writes down what PostgreSQL makes of it. */
    private static Optional<Fix> fix(Scene scene, String name) {
        Words words = Words.of(scene);
        Edits edits = words.edits();
        words.tokens().stream()
                .filter(t -> t.kind() == Tokens.Kind.WORD || t.kind() == Tokens.Kind.QUOTED)
                .filter(t -> t.text().length() > LIMIT && !Identifier.fits(t.identifier()))
                .filter(t -> Identifier.truncate(t.identifier()).equals(name))
                .forEach(t -> edits.replace(words.start(t), words.end(t), Identifier.quote(name)));
        return edits.fix();
    }

    /** Whether a run of characters without white space, or in quotes, is so long that it could be such a name. */
    private static boolean hasLongWord(String sql) {
        int bytes = 0;
        boolean quoted = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            quoted ^= c == '"';
            bytes = quoted || !Character.isWhitespace(c) ? bytes + (c < 0x80 ? 1 : 3) : 0;
            if (bytes > LIMIT) {
                return true;
            }
        }
        return false;
    }

    private static final Set<String> NAMES = Set.of(
            "relname",
            "colname",
            "conname",
            "idxname",
            "trigname",
            "newname",
            "name",
            "sval",
            "schemaname",
            "policy_name");

    /** Whether the text has more of the name than the tree. */
    private static boolean goesOn(String sql, String name) {
        int end = sql.indexOf(name) + name.length();
        return sql.contains(name)
                && end < sql.length()
                && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_');
    }
}
