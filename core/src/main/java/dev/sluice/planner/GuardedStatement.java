package dev.sluice.planner;

import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A DO block that does nothing but make one thing unless it is there, in one of the two forms that tools and people write
 * for statements without IF NOT EXISTS:
 *
 * <pre>
 * DO $$ BEGIN statement; EXCEPTION WHEN duplicate_object THEN NULL; END $$
 * DO $$ BEGIN IF NOT EXISTS (SELECT … FROM pg_type WHERE typname = 'name') THEN statement; END IF; END $$
 * </pre>
 *
 * @param inner the statement in it, with its place in the file
 * @param guard what makes it do nothing
 */
record GuardedStatement(Statement inner, Guard guard) {

    /** When the block does nothing. */
    sealed interface Guard {
        /** @param conditions the names of the errors that the block ignores, in lower case */
        record Ignored(Set<String> conditions) implements Guard {
            public Ignored {
                conditions = Set.copyOf(conditions);
            }
        }

        /** @param look what it asks PostgreSQL's catalogs for */
        record Looked(CatalogLook look) implements Guard {}
    }

    /** Empty for a block that is anything else. */
    static Optional<GuardedStatement> of(Statement statement, PgParser parser) {
        if (!statement.node().is("DoStmt")) {
            return Optional.empty();
        }
        List<Token> outer = Tokens.of(statement.sql());
        List<Token> bodies =
                outer.stream().filter(t -> t.kind() == Tokens.Kind.STRING).toList();
        boolean plpgsql = outer.stream().noneMatch(t -> t.isWord("language"))
                || outer.stream().anyMatch(t -> t.isWord("plpgsql"));
        if (bodies.size() != 1 || !bodies.get(0).text().startsWith("$") || !plpgsql) {
            return Optional.empty();
        }
        Token literal = bodies.get(0);
        int tag = literal.text().indexOf('$', 1) + 1;
        String body = literal.text().substring(tag, literal.text().length() - tag);
        return new Reading(statement, parser, body, statement.start() + literal.start() + tag).block();
    }

    /** Reads one body, from its first token to its last. */
    private static final class Reading {
        private final Statement statement;
        private final PgParser parser;
        private final int start;
        private final List<Token> tokens;
        private int at;

        Reading(Statement statement, PgParser parser, String body, int start) {
            this.statement = statement;
            this.parser = parser;
            this.start = start;
            this.tokens = Tokens.of(body);
        }

        Optional<GuardedStatement> block() {
            if (!words("begin")) {
                return Optional.empty();
            }
            return isWord("if") ? condition() : handler();
        }

        private Optional<GuardedStatement> handler() {
            Optional<Statement> inner = inner();
            Set<String> conditions = new HashSet<>();
            if (inner.isEmpty() || !words("exception")) {
                return Optional.empty();
            }
            while (words("when")) {
                do {
                    conditions.add(at < tokens.size() ? tokens.get(at++).text().toLowerCase(Locale.ROOT) : "");
                } while (words("or"));
                if (!words("then") || !nothing()) {
                    return Optional.empty();
                }
            }
            return ends() ? inner.map(s -> new GuardedStatement(s, new Guard.Ignored(conditions))) : Optional.empty();
        }

        private Optional<GuardedStatement> condition() {
            if (!words("if", "not", "exists") || !is("(")) {
                return Optional.empty();
            }
            int depth = tokens.get(at++).depth();
            int from = at;
            while (at < tokens.size() && !(is(")") && tokens.get(at).depth() == depth)) {
                at++;
            }
            Optional<CatalogLook> look =
                    statement(from, at).map(Statement::node).flatMap(CatalogLook::of);
            at++;
            if (look.isEmpty() || !words("then")) {
                return Optional.empty();
            }
            Optional<Statement> inner = inner();
            return words("end", "if") && skip(";") && ends()
                    ? inner.map(s -> new GuardedStatement(s, new Guard.Looked(look.get())))
                    : Optional.empty();
        }

        /** One statement that PostgreSQL's grammar knows, and its semicolon. */
        private Optional<Statement> inner() {
            if (!isWord("create") && !isWord("alter")) {
                return Optional.empty();
            }
            int from = at;
            while (at < tokens.size() && !(is(";") && tokens.get(at).depth() == 0)) {
                at++;
            }
            Optional<Statement> inner = at == tokens.size() ? Optional.empty() : statement(from, at);
            at++;
            return inner;
        }

        /** The one statement between two tokens, the second of which is not in it. */
        private Optional<Statement> statement(int from, int to) {
            if (from >= to) {
                return Optional.empty();
            }
            Script script = Script.parse(
                    parser,
                    statement.source(),
                    start + tokens.get(from).start(),
                    start + tokens.get(to - 1).end());
            return script.statements().size() == 1
                    ? Optional.of(script.statements().get(0))
                    : Optional.empty();
        }

        /** {@code NULL;} or a RAISE NOTICE, or not even that. */
        private boolean nothing() {
            if (words("null")) {
                return skip(";");
            }
            if (words("raise", "notice")) {
                while (at < tokens.size() && !is(";")) {
                    at++;
                }
                return skip(";");
            }
            return isWord("end") || isWord("when");
        }

        private boolean ends() {
            if (!words("end")) {
                return false;
            }
            skip(";");
            return at == tokens.size();
        }

        private boolean words(String... wanted) {
            for (int i = 0; i < wanted.length; i++) {
                if (at + i >= tokens.size() || !tokens.get(at + i).isWord(wanted[i])) {
                    return false;
                }
            }
            at += wanted.length;
            return true;
        }

        private boolean isWord(String word) {
            return at < tokens.size() && tokens.get(at).isWord(word);
        }

        private boolean is(String punctuation) {
            return at < tokens.size() && tokens.get(at).is(punctuation);
        }

        private boolean skip(String punctuation) {
            if (!is(punctuation)) {
                return false;
            }
            at++;
            return true;
        }
    }
}
