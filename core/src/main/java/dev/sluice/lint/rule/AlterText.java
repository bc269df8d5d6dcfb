package dev.sluice.lint.rule;

import dev.sluice.lint.Edits;
import dev.sluice.lint.rule.Words.Span;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An ALTER TABLE as text.
 *
 * @param head up to the first part: {@code ALTER TABLE IF EXISTS ONLY t}
 * @param parts one for each command of the tree, in that order
 */
record AlterText(Statement statement, Words words, String head, List<Span> parts) {

    /** Empty where the text does not come apart into the commands of the tree. */
    static Optional<AlterText> of(Statement statement) {
        List<Node> commands = statement.node().list("cmds");
        if (!statement.node().is("AlterTableStmt")
                || !statement.node().text("objtype").equals("OBJECT_TABLE")
                || commands.isEmpty()) {
            return Optional.empty();
        }
        Words words = Words.of(statement);
        OptionalInt name = words.at(statement.node().get("relation"));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        int i = name.getAsInt() + 1;
        while (i < words.tokens().size() - 1 && words.tokens().get(i).is(".")) {
            i += 2;
        }
        while (i < words.tokens().size() - 1
                && (words.tokens().get(i).is("*") || words.tokens().get(i).is(")"))) {
            i++;
        }
        List<Span> parts = words.list(i, words.tokens().size());
        return parts.size() == commands.size()
                ? Optional.of(new AlterText(
                        statement,
                        words,
                        statement
                                .source()
                                .text()
                                .substring(statement.start(), parts.get(0).start())
                                .strip(),
                        parts))
                : Optional.empty();
    }

    /** The index of a command of the tree. */
    @SuppressWarnings("ReferenceEquality") // the same node, not one that looks like it
    int index(Node command) {
        List<Node> commands = statement.node().list("cmds");
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).fields() == command.fields()) {
                return i;
            }
        }
        throw new IllegalArgumentException("no command of this statement: " + command.text("subtype"));
    }

    String part(int index) {
        return parts.get(index).of(statement);
    }

    /** Takes parts out. Some have to be left. */
    Edits without(List<Integer> indexes) {
        Edits edits = words.edits();
        int lastLeft = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (!indexes.contains(i)) {
                lastLeft = i;
            }
        }
        for (int i : indexes) {
            if (i < lastLeft) {
                edits.replace(parts.get(i).start(), parts.get(i + 1).start(), "");
            } else {
                edits.replace(parts.get(i - 1).end(), parts.get(i).end(), "");
            }
        }
        return edits;
    }

    /** Makes other statements of some parts, after what is left. */
    Edits moved(List<Integer> indexes) {
        String others = String.join(", ", indexes.stream().map(this::part).toList());
        return without(indexes).after(statement, head + " " + others);
    }
}
