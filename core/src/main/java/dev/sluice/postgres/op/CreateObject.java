package dev.sluice.postgres.op;

import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.View;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.ScriptSettings;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * CREATE of things that restrict nobody: views, sequences, types, domains, functions, schemas, extensions. As written, in
 * expand; undone by DROP, or by the previous definition when they were replaced.
 */
final class CreateObject implements Operation {

    @Override
    public String id() {
        return "create-object";
    }

    @Override
    public About about() {
        return About.of("Create or replace a view, function, type, sequence, schema or extension", """
                        `CREATE [OR REPLACE] VIEW | FUNCTION | PROCEDURE`, `CREATE SEQUENCE | TYPE | DOMAIN | SCHEMA |
                        EXTENSION`
                        """)
                .expand("""
                        As written. What names columns that the migration adds comes after their backfill. What replaces a
                        view or function does so for the old version, too: the plan says so.
                        """)
                .contract("""
                        What names renamed or retyped columns, or something that the script drops before.
                        """)
                .undo("""
                        `DROP`, without CASCADE; what was replaced gets its previous definition back. A type, domain,
                        sequence or function that kept data needs moves into schema `sluice_archive` instead; `sluice
                        purge --kept` drops both.
                        """)
                .locks("""
                        None on tables that exist, but `ACCESS EXCLUSIVE` on a view that is replaced, for the catalog
                        change only.
                        """)
                .limits("""
                        Names are looked for in the text, bodies of functions included; names that a function puts
                        together are not seen.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Node node = change.command();
        switch (change.kind()) {
            case "ViewStmt" -> view(change, draft, node);
            case "CreateSeqStmt" ->
                sequence(change, draft, draft.nameToCreate(node.get("sequence")), node.flag("if_not_exists"));
            case "CreateEnumStmt", "CreateRangeStmt" -> type(change, draft, "TYPE", node.strings("typeName"));
            case "CreateDomainStmt" -> type(change, draft, "DOMAIN", node.strings("domainname"));
            case "CompositeTypeStmt" ->
                type(
                        change,
                        draft,
                        "TYPE",
                        List.of(
                                draft.nameToCreate(node.get("typevar")).schema(),
                                draft.nameToCreate(node.get("typevar")).name()));
            case "CreateSchemaStmt" -> schema(change, draft, node);
            case "CreateExtensionStmt" -> extension(change, draft, node);
            case "CreateFunctionStmt" -> function(change, draft, node);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void view(Change change, Draft draft, Node node) {
        QualifiedName name = draft.nameToCreate(node.get("view"));
        if (ScriptBefore.of(draft, change).drops(name.name())) {
            ReplacedThing.recreated(change, draft, name);
            return;
        }
        Optional<View> before = draft.catalog().view(name);
        String drop = "DROP VIEW IF EXISTS " + name.quoted();
        List<String> undo = new ArrayList<>();
        if (before.isEmpty()) {
            undo.add(drop);
            draft.created(name);
        } else if (hasDependents(draft, name)) {
            undo.add(ViewSql.replace(before.get()));
        } else {
            undo.add(drop);
            undo.addAll(ViewSql.create(draft.catalog(), before.get()));
        }
        add(change, draft, "VIEW", name.name(), undo, before.isPresent());
    }

    private static boolean hasDependents(Draft draft, QualifiedName view) {
        return draft.catalog().dependencies().all().stream()
                .filter(d -> d.kind() == Dependency.Kind.NORMAL)
                .filter(d -> d.referenced().name().equals(view)
                        && !d.dependent().name().equals(view))
                .anyMatch(d -> d.dependent().kind() != ObjectRef.Kind.TYPE);
    }

    private static void sequence(Change change, Draft draft, QualifiedName name, boolean ifNotExists) {
        boolean exists = draft.catalog().sequence(name).isPresent();
        if (exists && ifNotExists) {
            draft.note(Note.Level.INFO, change.source(), name + " exists already: nothing to do");
            return;
        }
        draft.created(name);
        add(change, draft, "SEQUENCE", name.name(), List.of(CreationUndo.sequence(name)));
    }

    /** The way back goes from the last statement to the first: it would come to the type before the table. */
    private static void requireBeforeItsTables(Change change, Draft draft, String type) {
        draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start() && s.node().is("AlterTableStmt"))
                .filter(s -> draft.isNew(s.node().get("relation")))
                .filter(s -> Placement.names(s.sql()).contains(type))
                .findFirst()
                .ifPresent(user -> {
                    throw draft.refuse(
                            change,
                            "type-after-its-table",
                            "line " + user.position().line() + " gives type " + type
                                    + " to a table that the script makes before the type",
                            "Make the type first.");
                });
    }

    private static void type(Change change, Draft draft, String word, List<String> parts) {
        QualifiedName name = ObjectNames.toCreate(draft.catalog(), parts);
        requireBeforeItsTables(change, draft, name.name());
        add(change, draft, word, name.name(), List.of(CreationUndo.type(word, name)));
    }

    private static void schema(Change change, Draft draft, Node node) {
        String name = node.text("schemaname");
        boolean exists =
                draft.catalog().schemas().stream().anyMatch(s -> s.name().equals(name));
        if (exists && node.flag("if_not_exists")) {
            draft.note(Note.Level.INFO, change.source(), "schema " + name + " exists already: nothing to do");
            return;
        }
        if (!node.list("schemaElts").isEmpty() || name.isEmpty()) {
            throw draft.refuse(
                    change,
                    "unknown-change",
                    "CREATE SCHEMA with things in it, or without a name",
                    "Write CREATE SCHEMA name, and create the things by statements of their own.");
        }
        add(change, draft, "SCHEMA", name, List.of("DROP SCHEMA IF EXISTS " + Identifier.quote(name)));
    }

    private static void extension(Change change, Draft draft, Node node) {
        String name = node.text("extname");
        if (draft.catalog().extensions().stream().anyMatch(e -> e.name().equals(name)) && node.flag("if_not_exists")) {
            draft.note(Note.Level.INFO, change.source(), "extension " + name + " exists already: nothing to do");
            return;
        }
        add(change, draft, "EXTENSION", name, List.of("DROP EXTENSION IF EXISTS " + Identifier.quote(name)));
    }

    private static void function(Change change, Draft draft, Node node) {
        QualifiedName name = ObjectNames.toCreate(draft.catalog(), node.strings("funcname"));
        Functions.Signature signature = Functions.of(node);
        if (ReplacedThing.isPlanned(draft, change)) {
            ReplacedThing.recreated(change, draft, name);
            return;
        }
        List<Routine> overloads = draft.catalog().functions(name);
        if (!overloads.isEmpty()
                && node.list("parameters").stream()
                        .anyMatch(p -> p.get("argType").flag("pct_type"))) {
            throw draft.refuse(
                    change,
                    "function-of-column-type",
                    "which of the functions called " + name.name() + " this is depends on the type of a column (%TYPE)",
                    "Write the type itself.");
        }
        Optional<Routine> before = Functions.find(overloads, signature);
        String word = node.flag("is_procedure") ? "PROCEDURE" : "FUNCTION";
        List<String> undo = before.map(routine -> List.of(ScriptSettings.WITHOUT_BODY_CHECKS, routine.definition()))
                .orElse(List.of(CreationUndo.function(word, name, "(" + signature.sql() + ")")));
        add(change, draft, word, name.name(), undo, before.isPresent());
    }

    private static void add(Change change, Draft draft, String word, String name, List<String> undo) {
        add(change, draft, word, name, undo, false);
    }

    /** @param replaces whether it takes the place of another thing */
    private static void add(Change change, Draft draft, String word, String name, List<String> undo, boolean replaces) {
        Slot slot = Placement.of(change, draft, Slot.CREATE);
        Placement.remember(draft, slot, name);
        String what = word.toLowerCase(Locale.ROOT) + " " + name;
        if (replaces && draft.directives().phase(change).orElse(slot.phase()) == Phase.EXPAND) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    what + " is replaced at once: until contract the old version has the new one, too"
                            + " (`-- sluice:phase contract` above the statement lets it wait)");
        }
        boolean afterSwap = slot == Slot.AFTER_SWAP
                && draft.directives().phase(change).filter(Phase.EXPAND::equals).isEmpty();
        StepSpec back = draft.step(change, "create-undo " + what, "take back: create " + what);
        OldNames names = new OldNames(draft, afterSwap ? undo : List.of());
        names.lock(back);
        List<String> forward = new ArrayList<>(ScriptSettings.forFunction(change.statement(), draft));
        forward.add(change.statement().sql());
        draft.add(
                change,
                slot,
                draft.step(change, "create " + what, "create " + what)
                        .because(
                                slot == Slot.CREATE
                                        ? replaces
                                                ? "in the place of the one that was there, which the way back brings back"
                                                : "additive: nobody uses it yet"
                                        : "it names columns that are ready only now")
                        .undo(back.brief(Step.Purpose.DDL, names.around(undo)))
                        .brief(Step.Purpose.DDL, forward));
    }
}
