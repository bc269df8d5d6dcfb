package dev.sluice.lint.rule;

import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Scene;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A BEGIN of the script, its COMMIT, and what stands between.
 *
 * @param commit empty where none follows, or another end
 */
record Block(Statement begin, List<Statement> inside, Optional<Statement> commit) {

    /** The block that a statement stands in; empty outside of blocks. */
    static Optional<Block> around(Scene scene) {
        List<Statement> earlier =
                scene.earlier().stream().map(Scene.Done::statement).toList();
        int begin = earlier.size() - 1;
        while (begin >= 0 && !Surroundings.opens(earlier.get(begin).node())) {
            if (Surroundings.ends(earlier.get(begin).node())) {
                return Optional.empty();
            }
            begin--;
        }
        if (begin < 0) {
            return Optional.empty();
        }
        List<Statement> inside = new ArrayList<>(earlier.subList(begin + 1, earlier.size()));
        inside.add(scene.statement());
        return Optional.of(closed(earlier.get(begin), inside, scene.after()));
    }

    /** The block that a BEGIN opens. */
    static Block of(Scene begin) {
        return closed(begin.statement(), new ArrayList<>(), begin.after());
    }

    private static Block closed(Statement begin, List<Statement> inside, List<Statement> after) {
        for (Statement statement : after) {
            if (Surroundings.ends(statement.node())) {
                return new Block(
                        begin, List.copyOf(inside), Optional.of(statement).filter(Block::commits));
            }
            inside.add(statement);
        }
        return new Block(begin, List.copyOf(inside), Optional.empty());
    }

    private static boolean commits(Statement end) {
        return end.node().text("kind").equals("TRANS_STMT_COMMIT");
    }

    /** Lets the first or the last statement run before BEGIN, or after COMMIT; empty for one between others. */
    Optional<Fix> without(Statement statement) {
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        boolean first = inside.get(0).start() == statement.start();
        boolean last = inside.get(inside.size() - 1).start() == statement.start();
        Edits edits = new Edits(statement.source());
        if (first) {
            edits.delete(begin);
        }
        if (last) {
            edits.delete(commit.get());
        }
        if (first && !last) {
            edits.after(statement, begin.sql());
        }
        if (last && !first) {
            edits.before(statement, commit.get().sql());
        }
        return edits.fix();
    }
}
