package dev.sluice.postgres.op;

import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Sequence;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ALTER SEQUENCE, but RESTART ({@link SequencePosition}): in contract; taken back from the catalog. */
final class AlterSequence implements Operation {

    @Override
    public String id() {
        return "alter-sequence";
    }

    @Override
    public About about() {
        return About.of("Change a sequence", """
                        `ALTER SEQUENCE … AS, INCREMENT, MINVALUE, MAXVALUE, START, CACHE, CYCLE, OWNED BY`
                        """)
                .contract("As written.")
                .undo("""
                        The definition and the owning column that it had. PostgreSQL refuses it when the sequence has
                        meanwhile handed out a value outside the old limits.
                        """)
                .locks("""
                        `SHARE ROW EXCLUSIVE` on the sequence, for the catalog change only: `nextval` waits for it.
                        """)
                .limits("""
                        `RESTART` has [a page of its own](sequence-position.md), and a statement of its own.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AlterSeqStmt")) {
            return false;
        }
        Node written = change.command().get("sequence");
        Optional<String> schema = Optional.of(written.text("schemaname")).filter(s -> !s.isEmpty());
        Optional<Sequence> found = draft.catalog().resolveSequence(schema, written.text("relname"));
        if (found.isEmpty() && !draft.exists(written) && !change.command().flag("missing_ok")) {
            throw draft.missing(change, written);
        }
        if (found.isEmpty() || draft.isNew(written)) {
            return false;
        }
        Sequence sequence = found.get();
        List<String> options = change.command().list("options").stream()
                .map(o -> o.text("defname"))
                .toList();
        List<String> undo = new ArrayList<>();
        String alter = "ALTER SEQUENCE " + sequence.name().quoted();
        if (!Set.of("owned_by").containsAll(options)) {
            undo.add(alter + definition(sequence));
        }
        if (options.contains("owned_by")) {
            undo.add(alter + " OWNED BY " + owner(sequence.ownedBy()));
        }
        BriefChange.last(change, draft, Optional.empty(), change.statement().sql(), undo);
        return true;
    }

    static String definition(Sequence sequence) {
        return " AS " + sequence.type() + " INCREMENT BY " + sequence.increment() + " MINVALUE " + sequence.minimum()
                + " MAXVALUE " + sequence.maximum() + " START WITH " + sequence.start() + " CACHE "
                + sequence.cache() + (sequence.cycle() ? " CYCLE" : " NO CYCLE");
    }

    private static String owner(Optional<ObjectRef> column) {
        return column.map(c -> c.name().quoted() + "." + Identifier.quote(c.part()))
                .orElse("NONE");
    }
}
