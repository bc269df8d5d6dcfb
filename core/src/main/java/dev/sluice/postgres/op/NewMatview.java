package dev.sluice.postgres.op;

import dev.sluice.catalog.Index;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A materialized view that takes the place of a thing of its name. Its query may take hours, and while the old thing goes nobody
 * can read it: so the new one is made in the archive's schema, with its indexes, and only then changes places with the old
 * one.
 */
final class NewMatview {

    private NewMatview() {}

    /**
     * Plans what is done before.
     *
     * @param drop the statement that makes room
     * @param again names of all things that change places in the same transaction
     */
    static ReplacedThing.Entrance plan(
            Change drop, Draft draft, Statement create, QualifiedName name, Set<String> again) {
        Change change = Change.of(create).get(0);
        Set<String> read = new HashSet<>(again);
        read.remove(name.name());
        read.retainAll(Placement.names(create.sql()));
        if (!read.isEmpty()) {
            draft.refuseUnlessAllowed(
                    change,
                    "view-replace",
                    "the query of " + name + " reads " + String.join(", ", read)
                            + ", which the script drops and makes again, too: all of it is one transaction, and nobody could"
                            + " read the old " + name + " while the query runs",
                    "Give the new materialized view another name, and drop the old one in a later migration.");
            return asWritten(draft, create, name);
        }
        return beside(drop, change, draft, create, name);
    }

    private static ReplacedThing.Entrance asWritten(Draft draft, Statement create, QualifiedName name) {
        List<String> in = new ArrayList<>();
        in.add(create.sql());
        for (Statement part : parts(draft, create, name)) {
            if (part.node().is("IndexStmt")) {
                IndexDefinition definition = IndexDefinition.of(part);
                in.add(definition.create(name(draft, part, name, definition), name, false));
            } else {
                in.add(part.sql());
            }
        }
        return new ReplacedThing.Entrance(in, List.of("DROP MATERIALIZED VIEW IF EXISTS " + name.quoted()));
    }

    private static ReplacedThing.Entrance beside(
            Change drop, Change change, Draft draft, Statement create, QualifiedName name) {
        QualifiedName waiting = QualifiedName.of(Archive.SCHEMA, draft.ownName(name.schema(), name.name(), "new"));
        List<String> make = new ArrayList<>();
        make.add(Archive.CREATE_SCHEMA);
        make.add(new Rewrite(create)
                .relation(create.node().get("into").get("rel"), waiting)
                .text());
        List<Statement> parts = parts(draft, create, name);
        parts.stream()
                .filter(part -> !part.node().is("IndexStmt"))
                .forEach(refresh -> make.add(new Rewrite(refresh)
                        .relation(refresh.node().get("relation"), waiting)
                        .text()));
        make.add("ANALYZE " + waiting.quoted());
        draft.add(
                drop,
                Slot.AFTER_SWAP,
                draft.step(change, "make " + name.name(), "make the new materialized view " + name.name())
                        .because("beside the old one, which stays readable; its query only reads")
                        .undo(draft.step(
                                        change,
                                        "unmake " + name.name(),
                                        "drop the new materialized view " + name.name())
                                .brief(Step.Purpose.DDL, "DROP MATERIALIZED VIEW IF EXISTS " + waiting.quoted()))
                        .opaque(make, true, Optional.empty()));
        for (Statement statement : parts) {
            if (!statement.node().is("IndexStmt")) {
                continue;
            }
            Change made = Change.of(statement).get(0);
            IndexDefinition definition = IndexDefinition.of(statement);
            QualifiedName index = name(draft, statement, name, definition);
            QualifiedName built = QualifiedName.of(Archive.SCHEMA, index.name());
            draft.created(index);
            draft.add(
                    drop,
                    Slot.AFTER_SWAP,
                    SafeForms.of(draft, made.source())
                            .buildIndexOfMatview(
                                    waiting,
                                    built,
                                    definition.create(built, waiting, false),
                                    "on the new materialized view, which nobody reads yet"));
        }
        String alter = "ALTER MATERIALIZED VIEW ";
        QualifiedName named = QualifiedName.of(Archive.SCHEMA, name.name());
        return new ReplacedThing.Entrance(
                List.of(
                        alter + waiting.quoted() + " RENAME TO " + quote(name),
                        alter + named.quoted() + " SET SCHEMA " + Identifier.quote(name.schema())),
                List.of(
                        alter + name.quoted() + " SET SCHEMA " + Archive.SCHEMA,
                        alter + named.quoted() + " RENAME TO " + quote(waiting)));
    }

    private static String quote(QualifiedName name) {
        return Identifier.quote(name.name());
    }

    /** Its indexes, and REFRESH: nobody reads it yet. */
    static List<Statement> parts(Draft draft, Statement create, QualifiedName name) {
        return draft.request().up().statements().stream()
                .filter(s -> s.start() > create.start()
                        && (s.node().is("IndexStmt") || s.node().is("RefreshMatViewStmt")))
                .filter(s -> draft.nameToCreate(s.node().get("relation")).equals(name))
                .toList();
    }

    /** As written, or what PostgreSQL gives it, for which it does not count what goes with the old one. */
    private static QualifiedName name(Draft draft, Statement index, QualifiedName matview, IndexDefinition definition) {
        Node node = index.node();
        String given = node.text("idxname");
        Change change = Change.of(index).get(0);
        return matview.withName(
                given.isEmpty()
                        ? GeneratedNames.index(
                                draft,
                                change,
                                matview,
                                definition.names(),
                                draft.catalog().indexesOf(matview).stream()
                                        .map(Index::name)
                                        .toList())
                        : given);
    }
}
