package dev.sluice.lab.proof.shapes;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.List;
import java.util.Set;

/**
 * A statement that an application sends.
 *
 * @param sql complete: no parameters
 * @param returnsRows whether it has a result
 * @param ordered whether the order of the rows it returns means something
 */
record VersionStatement(String sql, boolean returnsRows, boolean ordered) {

    private static final Set<String> QUERIES = Set.of("select", "values", "table", "show");

    VersionStatement {
        requireNonNull(sql);
    }

    /** Looks at the words of the statement. */
    static VersionStatement of(String sql) {
        List<Token> words = Tokens.of(sql).stream()
                .filter(token -> token.depth() == 0 && token.kind() == Tokens.Kind.WORD)
                .toList();
        boolean ordered = words.stream().anyMatch(word -> word.isWord("order"));
        boolean returns = words.stream().anyMatch(word -> word.isWord("returning"));
        boolean writes = words.stream()
                .anyMatch(word -> word.isWord("insert")
                        || word.isWord("update")
                        || word.isWord("delete")
                        || word.isWord("merge"));
        boolean query = !words.isEmpty()
                && (QUERIES.contains(words.get(0).identifier()) || words.get(0).isWord("with") && !writes);
        return new VersionStatement(sql, query || returns, ordered);
    }

    /** Whether it names this table, or something else of this name. */
    boolean mentions(String name) {
        return Tokens.of(sql).stream()
                .filter(token -> token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED)
                .anyMatch(token -> token.identifier().equals(name));
    }
}
