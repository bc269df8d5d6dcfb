package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Note;
import dev.sluice.plan.Source;
import dev.sluice.sql.Position;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes DO blocks that make one thing unless it is there for the statement in them, or for nothing when it is there. A block
 * whose guard might mean something else stays a DO block, which is refused. Pure.
 */
final class GuardedStatements {

    private final Catalog catalog;
    private final PgParser parser;
    private final List<Note> notes = new ArrayList<>();
    private final MadeThings things;

    GuardedStatements(Catalog catalog, PgParser parser) {
        this.catalog = catalog;
        this.parser = parser;
        this.things = new MadeThings(catalog);
    }

    /** The request with the statements in place of their blocks; {@link #notes()} says which. */
    PlanRequest open(PlanRequest request) {
        List<Statement> statements = new ArrayList<>();
        for (Statement statement : request.up().statements()) {
            Optional<GuardedStatement> guarded = GuardedStatement.of(statement, parser);
            Optional<MadeThing> thing =
                    guarded.flatMap(g -> things.of(g.inner()).filter(t -> judges(g.guard(), t)));
            if (thing.isEmpty()) {
                things.remember(statement);
                statements.add(statement);
                continue;
            }
            String is = "this DO block makes " + thing.get().words() + " unless it is there; ";
            if (thing.get().exists()) {
                note(statement, is + "it is there: nothing to do");
            } else {
                note(statement, is + "it is not: planned as the statement in it");
                things.remember(guarded.get().inner());
                statements.add(guarded.get().inner());
            }
        }
        return notes.isEmpty()
                ? request
                : new PlanRequest(
                        request.migration(),
                        new Script(request.up().source(), statements),
                        request.down(),
                        request.directives(),
                        request.catalog(),
                        request.createdInThisRun());
    }

    List<Note> notes() {
        return List.copyOf(notes);
    }

    /** Whether the guard of a block does what IF NOT EXISTS would: nothing if the thing is there, and only then. */
    private boolean judges(GuardedStatement.Guard guard, MadeThing thing) {
        if (guard instanceof GuardedStatement.Guard.Ignored ignored) {
            return duplicatesOnly(ignored)
                    && (!thing.exists() || ignored.conditions().contains(thing.duplicate()));
        }
        return thing.isFoundBy(((GuardedStatement.Guard.Looked) guard).look(), catalog.creationSchema());
    }

    /** What else a block ignores could hide that its statement has failed. */
    private static boolean duplicatesOnly(GuardedStatement.Guard.Ignored ignored) {
        return ignored.conditions().stream().allMatch(condition -> condition.startsWith("duplicate_"));
    }

    private void note(Statement statement, String text) {
        Position at = statement.position();
        notes.add(new Note(Note.Level.INFO, text, Optional.empty(), new Source(at.file(), at.line(), at.column())));
    }
}
