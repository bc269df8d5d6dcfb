package dev.sluice.postgres.op;

import dev.sluice.catalog.Publication;
import dev.sluice.catalog.Table;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CREATE, ALTER and DROP PUBLICATION: what adds in expand, what takes away in contract, undone from the catalog. A table
 * without a replica identity is refused: once it is published, every UPDATE and DELETE of it fails.
 */
final class Publications implements Operation {

    @Override
    public String id() {
        return "publication";
    }

    @Override
    public About about() {
        return About.of("Publish tables", "`CREATE | ALTER | DROP PUBLICATION`")
                .expand("CREATE, ADD.")
                .contract("DROP, SET, and whatever else takes away.")
                .undo("""
                        What the catalog had: tables, column lists, row filters, schemas, options, owner, comment.
                        """)
                .locks("`SHARE UPDATE EXCLUSIVE` on the tables, for the catalog change only.")
                .limits("""
                        A table without a primary key and without a replica identity is refused
                        (`publication-without-replica-identity`): once it is published, every UPDATE and DELETE of it
                        fails. Subscriptions are refused.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        switch (change.kind()) {
            case "CreatePublicationStmt" -> create(change, draft, node);
            case "AlterPublicationStmt" -> alter(change, draft, node);
            case "DropStmt" -> {
                if (!node.text("removeType").equals("OBJECT_PUBLICATION")) {
                    return false;
                }
                drop(change, draft, node);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void create(Change change, Draft draft, Node node) {
        if (node.flag("for_all_tables")) {
            draft.catalog().tables().values().forEach(table -> requireIdentity(change, draft, table, node));
        }
        requireIdentities(change, draft, node);
        BriefChange.additive(
                change,
                draft,
                Optional.empty(),
                change.statement().sql(),
                List.of("DROP PUBLICATION IF EXISTS " + Identifier.quote(node.text("pubname"))));
    }

    private static void alter(Change change, Draft draft, Node node) {
        Publication before = publication(change, draft, node.text("pubname"));
        boolean namesSchemas = node.list("pubobjects").stream()
                .anyMatch(o -> o.text("pubobjtype").startsWith("PUBLICATIONOBJ_TABLES_IN"));
        if (namesSchemas && before.tables().isEmpty() && before.schemas().isEmpty()) {
            throw draft.refuse(
                    change,
                    "no-way-back",
                    "down cannot make publication " + before.name() + " empty again, as it was, by SET",
                    "Drop it, and create it with TABLES IN SCHEMA.");
        }
        boolean adds = node.text("action").equals("AP_AddObjects")
                && !node.list("pubobjects").isEmpty();
        if (!node.text("action").equals("AP_DropObjects")) {
            requireIdentities(change, draft, node);
        }
        List<String> undo = content(before);
        String sql = change.statement().sql();
        if (adds) {
            BriefChange.additive(change, draft, Optional.empty(), sql, undo);
        } else {
            BriefChange.last(change, draft, Optional.empty(), sql, undo);
        }
    }

    private static void drop(Change change, Draft draft, Node node) {
        List<String> undo = new ArrayList<>();
        for (Node object : node.list("objects")) {
            Optional<Publication> found = draft.catalog().publications().stream()
                    .filter(p -> p.name().equals(object.string()))
                    .findFirst();
            if (found.isEmpty() && node.flag("missing_ok")) {
                continue;
            }
            Publication publication = publication(change, draft, object.string());
            String name = "PUBLICATION " + Identifier.quote(publication.name());
            undo.add("CREATE " + name + (publication.allTables() ? " FOR ALL TABLES" : ""));
            undo.addAll(content(publication));
            if (!publication.owner().equals(draft.catalog().currentUser())) {
                undo.add("ALTER " + name + " OWNER TO " + Identifier.quote(publication.owner()));
            }
            publication.comment().ifPresent(c -> undo.add("COMMENT ON " + name + " IS " + Identifier.literal(c)));
        }
        BriefChange.last(change, draft, Optional.empty(), change.statement().sql(), undo);
    }

    private static Publication publication(Change change, Draft draft, String name) {
        return draft.catalog().publications().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-relation",
                        "publication \"" + name + "\" does not exist before this migration",
                        "Check the name."));
    }

    /** Makes a publication publish what this one does, whatever it publishes now. */
    private static List<String> content(Publication publication) {
        String alter = "ALTER PUBLICATION " + Identifier.quote(publication.name());
        List<String> statements = new ArrayList<>();
        // PostgreSQL 14 knows one TABLE with a list, and no schemas
        String tables = publication.tables().stream().map(Publications::table).collect(Collectors.joining(", "));
        List<String> objects = Stream.concat(
                        Stream.of(tables).filter(t -> !t.isEmpty()).map(t -> "TABLE " + t),
                        publication.schemas().stream().map(s -> "TABLES IN SCHEMA " + Identifier.quote(s)))
                .toList();
        if (!objects.isEmpty()) {
            statements.add(alter + " SET " + String.join(", ", objects));
        } else if (!publication.allTables()) {
            // SET cannot make it empty
            statements.add("DO "
                    + DollarQuote.of("""
                    DECLARE published record; BEGIN
                      FOR published IN SELECT r.prrelid::pg_catalog.regclass AS is FROM pg_catalog.pg_publication_rel r
                        JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid WHERE p.pubname = %s LOOP
                        EXECUTE pg_catalog.format('%%s DROP TABLE %%s', %s, published.is);
                      END LOOP;
                    END""".formatted(Identifier.literal(publication.name()), Identifier.literal(alter))));
        }
        statements.add(alter + " SET (" + options(publication) + ")");
        return statements;
    }

    private static String table(Publication.PublishedTable published) {
        String columns = published.columns().isEmpty()
                ? ""
                : " ("
                        + String.join(
                                ", ",
                                published.columns().stream()
                                        .map(Identifier::quote)
                                        .toList()) + ")";
        return published.table().quoted()
                + columns
                + published.rowFilter().map(f -> " WHERE (" + f + ")").orElse("");
    }

    /** {@code publish_via_partition_root} and the like are listed only when they are not at their default. */
    private static String options(Publication publication) {
        boolean viaRoot = publication.options().contains("publish_via_partition_root=true");
        boolean generated = publication.options().contains("publish_generated_columns=stored");
        String published = publication.options().stream()
                .filter(o -> o.startsWith("publish="))
                .map(o -> o.substring("publish=".length()))
                .findFirst()
                .orElse("");
        return "publish = " + Identifier.literal(published) + ", publish_via_partition_root = " + viaRoot
                + (generated ? ", publish_generated_columns = stored" : "");
    }

    private static void requireIdentities(Change change, Draft draft, Node node) {
        for (Node relation : node.all("RangeVar")) {
            draft.findTable(relation)
                    .filter(t -> !draft.isNew(relation))
                    .map(TableDraft::table)
                    .ifPresent(table -> requireIdentity(change, draft, table, node));
        }
        Set<String> schemas = Set.copyOf(node.list("pubobjects").stream()
                .filter(o -> o.text("pubobjtype").equals("PUBLICATIONOBJ_TABLES_IN_SCHEMA"))
                .map(o -> o.text("name"))
                .toList());
        draft.catalog().tables().values().stream()
                .filter(t -> schemas.contains(t.name().schema()))
                .forEach(table -> requireIdentity(change, draft, table, node));
    }

    private static void requireIdentity(Change change, Draft draft, Table table, Node node) {
        boolean insertsOnly = node.list("options").stream()
                .filter(o -> o.text("defname").equals("publish"))
                .map(o -> o.get("arg").string())
                .anyMatch(p -> !p.contains("update") && !p.contains("delete"));
        boolean identified = switch (table.replicaIdentity()) {
            case DEFAULT -> table.primaryKey().isPresent();
            case NOTHING -> false;
            default -> true;
        };
        boolean written =
                table.kind() == Table.Kind.ORDINARY && !table.name().schema().startsWith("sluice");
        if (written && !identified && !insertsOnly) {
            throw draft.refuse(
                    change,
                    "publication-without-replica-identity",
                    table.name() + " has no primary key and no replica identity: once it is published, every UPDATE and"
                            + " DELETE of it fails",
                    "Write ALTER TABLE … REPLICA IDENTITY FULL in a migration before, or publish = 'insert'.");
        }
    }
}
