package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.Extension;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.Schema;
import dev.sluice.plan.Note;
import dev.sluice.plan.Probe;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** DROP EXTENSION, SCHEMA (an empty one), STATISTICS: in contract, made again from the catalog. */
final class DropOther implements Operation {

    @Override
    public String id() {
        return "drop-other";
    }

    @Override
    public About about() {
        return About.of(
                        "Drop an extension, an empty schema or extended statistics",
                        "`DROP EXTENSION`, `DROP SCHEMA`, `DROP STATISTICS`")
                .contract("""
                        All of it, since the old version may use it until it is gone. Before anything runs, Sluice asks
                        whether something uses the extension, and stops if so. A schema has to be empty, or emptied by
                        statements of the same migration before.
                        """)
                .undo("""
                        Made again from the catalog: an extension with its schema and version, a schema with its owner,
                        grants and comment, statistics with their definition, owner, target and comment.
                        """)
                .locks("On the thing itself, for the catalog change only.")
                .limits("""
                        `CASCADE` of an extension is refused. Settings kept in an extension's own tables are not brought
                        back.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("DropStmt")) {
            return false;
        }
        String type = change.command().text("removeType");
        for (Node object : change.command().list("objects")) {
            Optional<Runnable> planned = switch (type) {
                case "OBJECT_EXTENSION" ->
                    draft.catalog().extensions().stream()
                            .filter(e -> e.name().equals(object.string()))
                            .findFirst()
                            .map(e -> () -> extension(change, draft, e));
                case "OBJECT_SCHEMA" ->
                    draft.catalog().schemas().stream()
                            .filter(s -> s.name().equals(object.string()))
                            .findFirst()
                            .map(s -> () -> schema(change, draft, s));
                case "OBJECT_STATISTIC_EXT" ->
                    statistics(draft.catalog(), object.strings("items")).map(s -> () -> statistics(change, draft, s));
                default -> Optional.empty();
            };
            if (planned.isPresent()) {
                planned.get().run();
            } else if (!type.equals("OBJECT_EXTENSION")
                    && !type.equals("OBJECT_SCHEMA")
                    && !type.equals("OBJECT_STATISTIC_EXT")) {
                return false;
            } else if (change.command().flag("missing_ok")) {
                Placement.names(change.text()).forEach(name -> MadeAndGone.requireOldName(change, draft, name));
                draft.note(Note.Level.INFO, change.source(), "nothing to drop: " + Placement.words(change));
            } else {
                throw draft.refuse(
                        change,
                        "missing-relation",
                        "what it drops does not exist before this migration",
                        "Check the name, or write IF EXISTS.");
            }
        }
        return true;
    }

    private static void extension(Change change, Draft draft, Extension extension) {
        String name = Identifier.quote(extension.name());
        requireNoCascade(change, draft);
        String members = """
                SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
                  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = %s)""".formatted(Identifier.literal(extension.name()));
        draft.add(
                Slot.PREFLIGHT,
                draft.step(
                                change,
                                "users of extension " + extension.name(),
                                "does anything use extension " + extension.name())
                        .because("DROP EXTENSION would fail in contract")
                        .check(
                                new Probe.NoResult("""
                                        SELECT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend d
                                        WHERE d.deptype = 'n' AND (d.refclassid, d.refobjid) IN (%s)
                                          AND (d.classid, d.objid) NOT IN (%s)
                                          AND NOT EXISTS (SELECT FROM pg_depend o WHERE o.deptype IN ('a', 'i')
                                            AND (o.classid, o.objid) = (d.classid, d.objid)
                                            AND (o.refclassid, o.refobjid) IN (%s))""".formatted(members, members, members)),
                                "something still uses extension " + extension.name()));
        List<String> undo = new ArrayList<>();
        undo.add("CREATE EXTENSION IF NOT EXISTS " + name + " SCHEMA " + Identifier.quote(extension.schema())
                + " VERSION " + Identifier.literal(extension.version()));
        extension.comment().ifPresent(c -> undo.add("COMMENT ON EXTENSION " + name + " IS " + Identifier.literal(c)));
        BriefChange.last(change, draft, Optional.empty(), "DROP EXTENSION IF EXISTS " + name, undo);
    }

    private static void schema(Change change, Draft draft, Schema schema) {
        ScriptBefore before = ScriptBefore.of(draft, change);
        List<String> inside = contents(draft.catalog(), schema.name())
                .filter(q -> !before.drops(q.name()))
                .map(QualifiedName::toString)
                .distinct()
                .sorted()
                .toList();
        if (!inside.isEmpty()) {
            throw draft.refuse(
                    change,
                    "drop-cascade",
                    "schema " + schema.name() + " is not empty: " + String.join(", ", inside),
                    "Drop what is in it first, by statements of their own.");
        }
        String name = Identifier.quote(schema.name());
        List<String> undo = new ArrayList<>();
        undo.add("CREATE SCHEMA IF NOT EXISTS " + name);
        if (!schema.owner().equals(draft.catalog().currentUser())) {
            undo.add("ALTER SCHEMA " + name + " OWNER TO " + Identifier.quote(schema.owner()));
        }
        for (Grant grant : schema.grants()) {
            if (!grant.grantee().equals(schema.owner())) {
                undo.add("GRANT " + grant.privilege() + " ON SCHEMA " + name + " TO "
                        + (grant.grantee().isEmpty() ? "PUBLIC" : Identifier.quote(grant.grantee()))
                        + (grant.grantable() ? " WITH GRANT OPTION" : ""));
            }
        }
        schema.comment().ifPresent(c -> undo.add("COMMENT ON SCHEMA " + name + " IS " + Identifier.literal(c)));
        BriefChange.last(change, draft, Optional.empty(), "DROP SCHEMA IF EXISTS " + name, undo);
    }

    private static Stream<QualifiedName> contents(Catalog catalog, String schema) {
        Stream<QualifiedName> named = Stream.of(
                        catalog.tables().keySet(),
                        catalog.views().keySet(),
                        catalog.sequences().keySet(),
                        catalog.types().keySet())
                .flatMap(java.util.Set::stream);
        Stream<QualifiedName> functions = catalog.functions().stream().map(f -> f.name());
        Stream<QualifiedName> statistics = catalog.statistics().stream().map(ExtendedStatistics::name);
        return Stream.of(named, functions, statistics)
                .flatMap(s -> s)
                .filter(q -> q.schema().equals(schema));
    }

    private static Optional<ExtendedStatistics> statistics(Catalog catalog, List<String> parts) {
        List<String> schemas = ObjectNames.schema(parts).map(List::of).orElse(catalog.searchPath());
        return catalog.statistics().stream()
                .filter(s -> s.name().name().equals(ObjectNames.last(parts))
                        && schemas.contains(s.name().schema()))
                .findFirst();
    }

    private static void statistics(Change change, Draft draft, ExtendedStatistics statistics) {
        String name = statistics.name().quoted();
        List<String> undo = new ArrayList<>();
        undo.add(statistics.definition());
        if (!statistics.owner().equals(draft.catalog().currentUser())) {
            undo.add("ALTER STATISTICS " + name + " OWNER TO " + Identifier.quote(statistics.owner()));
        }
        statistics.statisticsTarget().ifPresent(t -> undo.add("ALTER STATISTICS " + name + " SET STATISTICS " + t));
        statistics.comment().ifPresent(c -> undo.add("COMMENT ON STATISTICS " + name + " IS " + Identifier.literal(c)));
        BriefChange.last(change, draft, Optional.empty(), "DROP STATISTICS IF EXISTS " + name, undo);
    }

    private static void requireNoCascade(Change change, Draft draft) {
        if (change.command().text("behavior").equals("DROP_CASCADE")) {
            throw draft.refuse(
                    change,
                    "drop-cascade",
                    "CASCADE drops whatever uses it, unseen",
                    "Drop what uses it first, by statements of their own, and leave out CASCADE.");
        }
    }
}
