package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Sequence;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code SELECT setval(…)} and RESTART of a sequence or an identity: in expand, but only forwards. Behind its back others
 * draw numbers: a sequence that went back, were it to the highest number in the table, would hand out some of them twice.
 * The way back leaves it where it is, for the same reason.
 */
final class SequencePosition implements Operation {

    @Override
    public String id() {
        return "sequence-position";
    }

    @Override
    public About about() {
        return About.of("Move a sequence on", """
                        `SELECT setval(…) [FROM …]`, `ALTER SEQUENCE … RESTART [WITH n]`, `ALTER TABLE … ALTER COLUMN …
                        RESTART [WITH n]`
                        """)
                .expand("""
                        The sequence moves on to the number, while nobody else draws from it. It never moves back: a
                        number that others have drawn meanwhile would come twice. Where it has got further already, it
                        stays, with a warning.
                        """)
                .undo("None: it stays where it is, since numbers that were handed out are used.")
                .locks("""
                        `SHARE ROW EXCLUSIVE` on the sequence, for an instant: `nextval` waits for it.
                        """)
                .limits("""
                        One `setval` a statement. To move a sequence back, do it by hand, when nobody uses it.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Optional<String> positions = switch (change.kind()) {
            case "SelectStmt" -> ofSetval(change);
            case "AlterSeqStmt" -> ofRestart(change, draft);
            case "AT_SetIdentity" -> ofIdentity(change, draft);
            default -> Optional.empty();
        };
        positions.ifPresent(query -> add(change, draft, query));
        return positions.isPresent();
    }

    /** @param query gives sequence, number, and whether the number counts as used */
    private static void add(Change change, Draft draft, String query) {
        draft.note(
                Note.Level.INFO,
                change.source(),
                "a sequence only ever moves on: when it has got past this number already, it stays, with a warning; down"
                        + " leaves it where it is");
        draft.add(
                change,
                Placement.of(change, draft, isThere(change, draft) ? Slot.CREATE : Slot.AFTER_BACKFILL),
                draft.step(change, "sequence position", Placement.words(change))
                        .because("nobody else draws numbers while it looks and moves, and it never moves back")
                        .undo(draft.step(change, "keep position", "the sequence stays where it is")
                                .brief(Step.Purpose.DDL, "SELECT 1"))
                        .brief(Step.Purpose.DDL, onlyForwards(query)));
    }

    /** ALTER SEQUENCE to what it is changes nothing, but takes the lock that keeps nextval out. */
    private static String onlyForwards(String query) {
        return "DO " + DollarQuote.of("""
                DECLARE
                  moved regclass;
                  wanted bigint;
                  used boolean;
                  at record;
                  onwards boolean;
                BEGIN
                  FOR moved, wanted, used IN %s LOOP
                    CONTINUE WHEN moved IS NULL OR wanted IS NULL;
                    EXECUTE (SELECT pg_catalog.format('ALTER SEQUENCE %%s CACHE %%s', moved, seqcache)
                      FROM pg_catalog.pg_sequence WHERE seqrelid = moved);
                    EXECUTE pg_catalog.format('SELECT last_value, is_called, seqincrement > 0 AS up
                      FROM %%s, pg_catalog.pg_sequence WHERE seqrelid = %%s', moved, moved::oid) INTO at;
                    onwards := CASE WHEN wanted = at.last_value THEN used AND NOT at.is_called
                      ELSE (wanted > at.last_value) = at.up END;
                    IF onwards THEN
                      PERFORM pg_catalog.setval(moved, wanted, used);
                    ELSIF wanted <> at.last_value THEN
                      RAISE WARNING 'sequence %% stays at %%: going back to %% would hand out numbers twice',
                        moved, at.last_value, wanted;
                    END IF;
                  END LOOP;
                END""".formatted(query));
    }

    private static boolean isThere(Change change, Draft draft) {
        if (!change.kind().equals("SelectStmt")) {
            return true;
        }
        List<String> parts = List.of(call(change)
                .orElseThrow()
                .list("args")
                .get(0)
                .get("sval")
                .text("sval")
                .replace("\"", "")
                .split("\\."));
        QualifiedName name = ObjectNames.toCreate(draft.catalog(), parts);
        return parts.get(0).isEmpty()
                || draft.isNew(name)
                || draft.catalog()
                        .resolveSequence(ObjectNames.schema(parts), ObjectNames.last(parts))
                        .isPresent();
    }

    /** The one call of setval that the query consists of. */
    private static Optional<Node> call(Change change) {
        List<Node> targets = change.command().list("targetList");
        return Optional.of(targets)
                .filter(t -> t.size() == 1)
                .map(t -> t.get(0).get("val"))
                .filter(c -> !c.strings("funcname").isEmpty()
                        && ObjectNames.last(c.strings("funcname")).equals("setval"));
    }

    private static Optional<String> ofSetval(Change change) {
        Optional<Node> call = call(change);
        String sql = change.statement().sql();
        if (call.isEmpty() || change.command().has("withClause")) {
            return Optional.empty();
        }
        List<Tokens.Token> tokens = Tokens.of(sql);
        int open = 0;
        while (!tokens.get(open).is("(")) {
            open++;
        }
        List<String> arguments = new ArrayList<>();
        int from = tokens.get(open).end();
        int at = open + 1;
        int depth = 1;
        while (depth > 0) {
            Tokens.Token token = tokens.get(at++);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 || depth == 1 && token.is(",")) {
                arguments.add(sql.substring(from, token.start()).strip());
                from = token.end();
            }
        }
        String used = arguments.size() > 2 ? arguments.get(2) : "true";
        return Optional.of("SELECT (" + arguments.get(0) + ")::regclass, (" + arguments.get(1) + ")::bigint, (" + used
                + ")::boolean" + sql.substring(from));
    }

    private static Optional<String> ofRestart(Change change, Draft draft) {
        Node written = change.command().get("sequence");
        Optional<String> schema = Optional.of(written.text("schemaname")).filter(s -> !s.isEmpty());
        Optional<Sequence> sequence = draft.catalog().resolveSequence(schema, written.text("relname"));
        return draft.isNew(written)
                ? Optional.empty()
                : sequence.flatMap(
                        s -> restart(change, draft, s, change.command().list("options")));
    }

    private static Optional<String> ofIdentity(Change change, Draft draft) {
        Optional<Sequence> sequence = draft.table(change)
                .before(change.command().text("name"))
                .flatMap(Column::ownedSequence)
                .flatMap(draft.catalog()::sequence);
        return sequence.flatMap(
                s -> restart(change, draft, s, change.command().get("def").list("items")));
    }

    private static Optional<String> restart(Change change, Draft draft, Sequence sequence, List<Node> options) {
        Optional<Node> restart = options.stream()
                .filter(o -> o.text("defname").equals("restart"))
                .findFirst();
        if (restart.isPresent() && options.size() > 1) {
            throw draft.refuse(
                    change,
                    "sequence-restart",
                    "RESTART goes before the deploy, what else is said of " + sequence.name() + " after it",
                    "Write RESTART as a statement of its own.");
        }
        return restart.map(r -> {
            Node number = r.get("arg");
            String wanted = !r.has("arg")
                    ? Long.toString(sequence.start())
                    : number.has("fval") ? number.text("fval") : Integer.toString(number.number("ival"));
            return "SELECT " + Identifier.literal(sequence.name().quoted()) + "::regclass, " + wanted
                    + "::bigint, false";
        });
    }
}
