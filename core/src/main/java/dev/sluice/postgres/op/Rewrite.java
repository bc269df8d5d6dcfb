package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.TreeMap;

/**
 * A statement's text with parts replaced at the places its parse tree or tokens name, never by string search. Not
 * thread-safe.
 */
final class Rewrite {

    private final Statement statement;
    private final List<Tokens.Token> tokens;
    private final TreeMap<Integer, Splice> splices = new TreeMap<>();

    private record Splice(int end, String text) {}

    Rewrite(Statement statement) {
        this.statement = requireNonNull(statement);
        this.tokens = Tokens.of(statement.sql());
    }

    /** Writes a relation's name with its schema. */
    Rewrite relation(Node rangeVar, QualifiedName name) {
        return replace(statement.offset(rangeVar), endOf(rangeVar), name.quoted());
    }

    Rewrite replace(int start, int end, String text) {
        splices.put(start, new Splice(end, text));
        return this;
    }

    /** Leaves a keyword outside brackets out, when it is there. */
    Rewrite without(String keyword) {
        tokens.stream()
                .filter(t -> t.depth() == 0 && t.isWord(keyword))
                .findFirst()
                .ifPresent(t -> replace(t.start(), t.end(), ""));
        return this;
    }

    /** Where a relation's name ends. */
    int endOf(Node rangeVar) {
        int start = statement.offset(rangeVar);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).start() == start) {
                return tokens.get(rangeVar.has("schemaname") ? i + 2 : i).end();
            }
        }
        throw new IllegalStateException("no token at " + start + " of " + statement.sql());
    }

    String text() {
        StringBuilder text = new StringBuilder(statement.sql());
        splices.descendingMap().forEach((start, splice) -> text.replace(start, splice.end, splice.text));
        return text.toString();
    }
}
