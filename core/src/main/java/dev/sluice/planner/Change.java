package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Source;
import dev.sluice.sql.Node;
import dev.sluice.sql.Position;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest thing a script says: one statement, or one action of an ALTER TABLE with several.
 *
 * @param statement the statement it stands in
 * @param command the AlterTableCmd, or the statement's own node
 * @param kind what it is: {@code IndexStmt}, or for an action of ALTER TABLE its subtype, {@code AT_AddColumn}
 * @param text its SQL: the statement, or the action without {@code ALTER TABLE name}
 * @param start where {@code text} starts, in characters of the file
 */
public record Change(Statement statement, Node command, String kind, String text, int start) {

    public Change {
        requireNonNull(statement);
        requireNonNull(command);
        requireNonNull(kind);
        requireNonNull(text);
    }

    /** A statement's changes: one, or one per action when it alters a table. */
    public static List<Change> of(Statement statement) {
        Node node = statement.node();
        List<Node> commands = node.list("cmds");
        if (!node.is("AlterTableStmt") || commands.isEmpty()) {
            return List.of(new Change(statement, node, statement.type(), statement.sql(), statement.start()));
        }
        List<Span> actions = actions(statement);
        if (actions.size() != commands.size()) {
            throw new IllegalStateException("cannot tell the actions apart at " + statement.position());
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            Span span = actions.get(i);
            changes.add(new Change(
                    statement,
                    commands.get(i),
                    commands.get(i).text("subtype"),
                    statement.sql().substring(span.start, span.end),
                    statement.start() + span.start));
        }
        return changes;
    }

    /** Whether this is an action of ALTER TABLE (not ALTER INDEX, VIEW, … which share its parse tree). */
    public boolean altersTable() {
        return statement.node().is("AlterTableStmt")
                && statement.node().text("objtype").equals("OBJECT_TABLE");
    }

    /** The relation that the statement is about: its RangeVar. */
    public Node relation() {
        return statement.node().get("relation");
    }

    public Source source() {
        Position position = statement.source().position(start);
        return new Source(position.file(), position.line(), position.column());
    }

    private record Span(int start, int end) {}

    /** The actions of ALTER TABLE [IF EXISTS] [ONLY] name [*] action [, …], split at commas outside brackets. */
    private static List<Span> actions(Statement statement) {
        List<Tokens.Token> tokens = Tokens.of(statement.sql());
        int at = tokens.get(1).isWord("foreign") || tokens.get(1).isWord("materialized") ? 3 : 2;
        at += tokens.get(at).isWord("if") ? 2 : 0;
        at += tokens.get(at).isWord("only") ? 1 : 0;
        boolean bracket = tokens.get(at).is("(");
        at += bracket ? 1 : 0;
        at++;
        while (tokens.get(at).is(".")) {
            at += 2;
        }
        at += bracket ? 1 : 0;
        at += tokens.get(at).is("*") ? 1 : 0;
        List<Span> spans = new ArrayList<>();
        int from = at;
        for (int i = at; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).is(",") && tokens.get(i).depth() == 0) {
                spans.add(new Span(tokens.get(from).start(), tokens.get(i - 1).end()));
                from = i + 1;
            }
        }
        return spans;
    }
}
