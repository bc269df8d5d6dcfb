package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.ScriptSettings;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** COMMENT, storage parameters and statistics targets: in expand, undone from the catalog. */
final class Describe implements Operation {

    /** They share their names. */
    private static final Set<String> RELATIONS = Set.of(
            "OBJECT_TABLE", "OBJECT_FOREIGN_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX", "OBJECT_SEQUENCE");

    /** Things of a table, named behind it. */
    private static final Set<String> PARTS =
            Set.of("OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE");

    @Override
    public String id() {
        return "describe";
    }

    @Override
    public About about() {
        return About.of(
                        "Comments, storage parameters and statistics targets",
                        "`COMMENT`, `SET (storage parameters)`, `SET STATISTICS`")
                .expand("As written.")
                .undo("""
                        What the catalog had. The comment on an operator, cast, operator class or database is removed;
                        the plan warns.
                        """)
                .locks(
                        "`SHARE UPDATE EXCLUSIVE`; a comment on another thing than a table or its column locks nothing that others notice.")
                .limits("""
                        `SELECT pg_catalog.set_config(…)` as pg_dump writes it is left out, with a note.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        switch (change.kind()) {
            case "CommentStmt" -> comment(change, draft);
            case "AT_SetRelOptions", "AT_ResetRelOptions" -> options(change, draft);
            case "AT_SetStatistics" -> statistics(change, draft);
            case "AT_SetOptions", "AT_ResetOptions" -> columnOptions(change, draft);
            case "SelectStmt" -> {
                return setting(change, draft);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void comment(Change change, Draft draft) {
        String sql = change.statement().sql();
        Tokens.Token is = last(sql, "is");
        String back = sql.substring(0, is.end()) + " "
                + before(change, draft).map(Identifier::literal).orElse("NULL");
        Slot slot = Placement.of(
                change,
                draft,
                isOfGeneratedConstraint(change, draft) || Placement.changesType(draft, columns(change, draft))
                        ? isRenamedLater(change, draft) ? Slot.SWAP : Slot.AFTER_SWAP
                        : Slot.CREATE);
        StepSpec undo = draft.step(change, "comment-back", "take back: comment");
        StepSpec spec = draft.step(
                        change, "comment " + sql.substring(0, is.start()).strip(), Placement.words(change))
                .because("changes only the catalog");
        locked(change, draft).ifPresent(table -> {
            undo.lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
            spec.lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
        });
        draft.add(change, slot, spec.undo(undo.brief(Step.Purpose.DDL, back)).brief(Step.Purpose.DDL, sql));
    }

    /** The table that COMMENT ON TABLE or COLUMN locks; a comment on anything else of it locks nothing that others notice. */
    private static Optional<QualifiedName> locked(Change change, Draft draft) {
        List<String> parts = change.command().get("object").strings("items");
        Catalog catalog = draft.catalog();
        return switch (change.command().text("objtype")) {
            case "OBJECT_TABLE" ->
                parts.isEmpty()
                        ? Optional.empty()
                        : catalog.resolveTable(ObjectNames.schema(parts), ObjectNames.last(parts))
                                .map(Table::name);
            case "OBJECT_COLUMN" ->
                parts.size() < 2 ? Optional.empty() : table(catalog, parts).map(Table::name);
            default -> Optional.empty();
        };
    }

    /** Then the statement, which knows the old name, comes right before the rename. */
    private static boolean isRenamedLater(Change change, Draft draft) {
        List<String> parts = change.command().get("object").strings("items");
        return !parts.isEmpty()
                && draft.request().up().statements().stream()
                        .filter(s -> s.start() > change.statement().start()
                                && s.node().is("RenameStmt"))
                        .map(Statement::node)
                        .anyMatch(rename -> rename.text("subname").equals(ObjectNames.last(parts))
                                || rename.get("relation").text("relname").equals(ObjectNames.last(parts)));
    }

    /** The columns that the thing is or has. */
    private static Set<String> columns(Change change, Draft draft) {
        List<String> parts = change.command().get("object").strings("items");
        return switch (change.command().text("objtype")) {
            case "OBJECT_COLUMN" -> Set.of(ObjectNames.last(parts));
            case "OBJECT_TABCONSTRAINT" ->
                table(draft.catalog(), parts)
                        .flatMap(t -> t.constraint(ObjectNames.last(parts)))
                        .map(Describe::bothEnds)
                        .orElse(Set.of());
            // whatever the definition names: a name too many only defers the comment
            case "OBJECT_INDEX" ->
                draft.catalog()
                        .resolveIndex(ObjectNames.schema(parts), ObjectNames.last(parts))
                        .map(i -> Placement.names(i.definition()))
                        .orElse(Set.of());
            case "OBJECT_STATISTIC_EXT" ->
                draft.catalog().statistics().stream()
                        .filter(s -> s.name().name().equals(ObjectNames.last(parts)))
                        .flatMap(s -> Placement.names(s.definition()).stream())
                        .collect(Collectors.toSet());
            default -> Set.of();
        };
    }

    /** The columns of a constraint, and those that it refers to: a copy of either makes it anew. */
    static Set<String> bothEnds(Constraint constraint) {
        return Stream.concat(
                        constraint.columns().stream(),
                        constraint.foreignKey().stream().flatMap(key -> key.columns().stream()))
                .collect(Collectors.toSet());
    }

    /** Whether the script makes the constraint without naming it, such as a NOT NULL: nobody knows in which step it comes. */
    private static boolean isOfGeneratedConstraint(Change change, Draft draft) {
        List<String> parts = change.command().get("object").strings("items");
        return change.command().text("objtype").equals("OBJECT_TABCONSTRAINT")
                && table(draft.catalog(), parts)
                        .filter(t -> t.constraint(ObjectNames.last(parts)).isEmpty())
                        .isPresent();
    }

    /** The comment there was; empty for what the migration makes, or makes again. */
    private static Optional<String> before(Change change, Draft draft) {
        Catalog catalog = draft.catalog();
        Node object = change.command().get("object");
        String type = change.command().text("objtype");
        List<String> parts = type.equals("OBJECT_DOMCONSTRAINT")
                ? List.of()
                : namesAtStart(ScriptBefore.of(draft, change), type, NamedObject.parts(object));
        String name = parts.isEmpty() ? "" : ObjectNames.last(parts);
        Optional<String> schema = ObjectNames.schema(parts);
        if (ScriptBefore.of(draft, change).drops(name)) {
            return Optional.empty();
        }
        return switch (type) {
            case "OBJECT_TABLE", "OBJECT_FOREIGN_TABLE" ->
                catalog.resolveTable(schema, name).flatMap(Table::comment);
            case "OBJECT_VIEW", "OBJECT_MATVIEW" ->
                catalog.resolveView(schema, name).flatMap(View::comment);
            case "OBJECT_INDEX" -> catalog.resolveIndex(schema, name).flatMap(i -> i.comment());
            case "OBJECT_SEQUENCE" -> catalog.resolveSequence(schema, name).flatMap(s -> s.comment());
            case "OBJECT_COLUMN" ->
                table(catalog, parts)
                        .map(Table::columns)
                        .or(() -> view(catalog, parts).map(View::columns))
                        .flatMap(columns -> columns.stream()
                                .filter(c -> c.name().equals(name))
                                .findFirst())
                        .flatMap(c -> c.comment());
            case "OBJECT_TABCONSTRAINT" ->
                table(catalog, parts).flatMap(t -> t.constraint(name)).flatMap(c -> c.comment());
            case "OBJECT_TRIGGER" ->
                table(catalog, parts).flatMap(t -> t.trigger(name)).flatMap(t -> t.comment());
            case "OBJECT_POLICY" ->
                table(catalog, parts).stream()
                        .flatMap(t -> t.policies().stream())
                        .filter(p -> p.name().equals(name))
                        .findFirst()
                        .flatMap(p -> p.comment());
            case "OBJECT_RULE" ->
                table(catalog, parts).stream()
                        .flatMap(t -> t.rules().stream())
                        .filter(r -> r.name().equals(name))
                        .findFirst()
                        .flatMap(r -> r.comment());
            case "OBJECT_DOMCONSTRAINT" -> ofDomainConstraint(catalog, object.list("items"));
            case "OBJECT_OPERATOR",
                    "OBJECT_CAST",
                    "OBJECT_OPCLASS",
                    "OBJECT_OPFAMILY",
                    "OBJECT_ACCESS_METHOD",
                    "OBJECT_TRANSFORM",
                    "OBJECT_DATABASE",
                    "OBJECT_ROLE",
                    "OBJECT_TABLESPACE",
                    "OBJECT_LARGEOBJECT",
                    "OBJECT_SUBSCRIPTION",
                    "OBJECT_TSPARSER",
                    "OBJECT_TSTEMPLATE" -> {
                draft.note(
                        Note.Level.WARNING,
                        change.source(),
                        "down removes the comment: Sluice does not read an earlier one on this kind of thing");
                yield Optional.empty();
            }
            default -> NamedObject.find(draft, type, object, object).flatMap(NamedObject::comment);
        };
    }

    /** The names by which the catalog knows what the script may have renamed before. */
    private static List<String> namesAtStart(ScriptBefore before, String type, List<String> parts) {
        List<String> names = new ArrayList<>(parts);
        int last = names.size() - 1;
        if (RELATIONS.contains(type) && last >= 0) {
            names.set(last, before.nameAtStart(names.get(last), RELATIONS));
        } else if (PARTS.contains(type) && last >= 1) {
            names.set(last, before.nameAtStart(names.get(last), Set.of(type)));
            names.set(last - 1, before.nameAtStart(names.get(last - 1), RELATIONS));
        }
        return List.copyOf(names);
    }

    /** @param object the domain, then the constraint's name */
    private static Optional<String> ofDomainConstraint(Catalog catalog, List<Node> object) {
        List<String> domain = object.get(0).strings("names");
        return catalog.resolveType(ObjectNames.schema(domain), ObjectNames.last(domain)).stream()
                .flatMap(d -> d.constraints().stream())
                .filter(c -> c.name().equals(object.get(1).string()))
                .findFirst()
                .flatMap(c -> c.comment());
    }

    private static Optional<View> view(Catalog catalog, List<String> parts) {
        List<String> relation = parts.subList(0, parts.size() - 1);
        return catalog.resolveView(ObjectNames.schema(relation), ObjectNames.last(relation));
    }

    private static Optional<Table> table(Catalog catalog, List<String> parts) {
        List<String> relation = parts.subList(0, parts.size() - 1);
        return catalog.resolveTable(ObjectNames.schema(relation), ObjectNames.last(relation));
    }

    private static void options(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String alter = "ALTER TABLE " + table.name().quoted();
        brief(
                change,
                draft,
                table,
                Slot.CREATE,
                "options",
                alter + " " + change.text(),
                optionsBack(change, alter, table.table().options()));
    }

    /** @param before options as the catalog has them: {@code fillfactor=70} */
    static List<String> optionsBack(Change change, String alter, List<String> before) {
        List<String> back = new ArrayList<>();
        for (Node option : change.command().get("def").list("items")) {
            String name =
                    (option.has("defnamespace") ? option.text("defnamespace") + "." : "") + option.text("defname");
            back.add(alter
                    + before.stream()
                            .filter(o -> o.startsWith(name + "="))
                            .findFirst()
                            .map(o -> " SET (" + o + ")")
                            .orElse(" RESET (" + name + ")"));
        }
        return back;
    }

    /** What the planner is told of a column: {@code n_distinct}. */
    private static void columnOptions(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        Column column = column(change, draft, table, name);
        String alter = "ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(name);
        ofColumn(change, draft, table, name, "options", optionsBack(change, alter, column.options()));
    }

    private static Column column(Change change, Draft draft, TableDraft table, String name) {
        return table.before(name)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "this is about a column that this migration adds, or that does not exist",
                        "Set it in a later migration."));
    }

    /** Of a column that gets its last form in contract, only then. */
    private static void ofColumn(
            Change change, Draft draft, TableDraft table, String column, String slug, List<String> back) {
        String sql = "ALTER TABLE " + table.name().quoted() + " " + change.text();
        boolean waits = table.waitsForSwap(column) || Placement.changesType(draft, Set.of(column));
        brief(change, draft, table, waits ? Slot.AFTER_SWAP : Slot.CREATE, slug, sql, back);
    }

    private static void statistics(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String column = change.command().text("name");
        String target = column(change, draft, table, column)
                .statisticsTarget()
                .map(Object::toString)
                .orElse("-1");
        ofColumn(
                change,
                draft,
                table,
                column,
                "statistics",
                List.of("ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(column)
                        + " SET STATISTICS " + target));
    }

    private static void brief(
            Change change, Draft draft, TableDraft table, Slot slot, String slug, String sql, List<String> back) {
        draft.add(
                change,
                slot,
                draft.step(change, slug + " " + table.name().name(), Placement.words(change))
                        .because("changes only the catalog; no statement notices")
                        .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                        .undo(draft.step(
                                        change,
                                        slug + "-back " + table.name().name(),
                                        "take back: " + Placement.words(change))
                                .lock(table.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, back))
                        .brief(Step.Purpose.DDL, sql));
    }

    /** SELECT pg_catalog.set_config(…), as pg_dump writes it: settings end with the step, so it would do nothing. */
    private static boolean setting(Change change, Draft draft) {
        List<Node> targets = change.command().list("targetList");
        if (targets.size() != 1 || !change.command().list("fromClause").isEmpty()) {
            return false;
        }
        List<String> function = targets.get(0).get("val").strings("funcname");
        if (function.isEmpty() || !ObjectNames.last(function).equals("set_config")) {
            return false;
        }
        ScriptSettings.requireLeftOut(change, draft, targets.get(0).get("val"));
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "set_config is left out: every step runs with the settings of the plan (search_path: "
                        + String.join(", ", draft.catalog().searchPath()) + ")");
        return true;
    }

    static Tokens.Token last(String sql, String word) {
        List<Tokens.Token> found = Tokens.of(sql).stream()
                .filter(t -> t.depth() == 0 && t.isWord(word))
                .toList();
        return found.get(found.size() - 1);
    }
}
