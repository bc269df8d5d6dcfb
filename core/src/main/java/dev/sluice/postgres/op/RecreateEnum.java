package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.UserType;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.ChangeRefused;
import dev.sluice.planner.CompiledFunctions;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.planner.TypeExchange;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An enum that a script makes anew, as generators of migrations do to take labels away (see {@link EnumScript}): where
 * labels only come, they are added to the type; else columns of a second type are kept in step, and both columns and types
 * change places in one transaction.
 */
final class RecreateEnum implements Operation {

    /** The kinds of changes of which such a script is made. */
    private static final Set<String> PARTS =
            Set.of("CreateEnumStmt", "AT_AlterColumnType", "AT_ColumnDefault", "RenameStmt", "DropStmt");

    @Override
    public String id() {
        return "recreate-enum";
    }

    @Override
    public About about() {
        return About.of("Make an enum anew", """
                        `CREATE TYPE new AS ENUM …`, `ALTER TABLE … ALTER COLUMN … TYPE new USING …`, `ALTER TYPE …
                        RENAME TO`, `DROP TYPE old`, with `DROP DEFAULT` and `SET DEFAULT` around it: as Prisma, TypeORM
                        and Drizzle write it
                        """)
                .expand("""
                        *Labels only come* (all old ones stay, in their order): they are added to the type that is there.
                        No row is rewritten.

                        *Labels go, or change their order*: a second type; for each column a second column of it, kept in
                        step by a trigger and filled in batches. A row whose label has no place in the new type stops
                        the plan, named by its key; where the script changes rows of the table before, only contract
                        looks.
                        """)
                .contract("""
                        The same look again, since the old version may have written such a label. Then the columns of all
                        tables and the two types change places in one short transaction; the old columns and the old type
                        are archived.
                        """)
                .purge("The old columns are dropped for good, and the old type.")
                .undo("""
                        The old columns and the old type come back, with what the new version wrote since. A label that
                        the old type does not have: on a small table with a column that may be NULL the label is kept in
                        an archived column; else `down` stops before it changes anything and names the row. Labels that
                        were added to the type stay, because PostgreSQL cannot remove them.
                        """)
                .locks("`ACCESS EXCLUSIVE` on all tables with such columns, for the catalog changes only.")
                .limits("""
                        Where labels go, those that come can be written only after contract. Refused: partitioned tables
                        and those with children; other statements of the same migration about the type; another change
                        of type, or a new name, of the same tables.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!PARTS.contains(change.kind())) {
            return false;
        }
        for (EnumScript.Anew anew :
                EnumScript.of(draft.catalog(), draft.request().up().statements())) {
            Optional<UserType> before = draft.catalog().type(anew.name()).filter(t -> t.kind() == UserType.Kind.ENUM);
            if (before.isPresent() && isPart(change, draft, anew)) {
                if (change.start() == anew.made().start()) {
                    new Remake(draft, anew, before.get()).plan();
                }
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(Change change, Draft draft, EnumScript.Anew anew) {
        return anew.parts().stream().anyMatch(part -> part.start() == change.start())
                || change.kind().equals("AT_ColumnDefault")
                        && anew.conversions().stream().anyMatch(c -> isOf(change, draft, c));
    }

    static boolean isOf(Change change, Draft draft, EnumScript.Conversion conversion) {
        Optional<TableDraft> table = draft.findTable(conversion.change().relation());
        return change.command().text("name").equals(conversion.column())
                && table.isPresent()
                && draft.findTable(change.relation()).equals(table);
    }

    /** One type and its columns. */
    private record Remake(Draft draft, EnumScript.Anew anew, UserType before) {

        void plan() {
            requireNothingElse();
            List<EnumColumn> columns =
                    anew.conversions().stream().map(this::copied).toList();
            requireAllColumns(columns);
            if (canGrow() && columns.stream().allMatch(EnumColumn::isMereCast)) {
                grow(columns);
            } else {
                copy(columns);
            }
        }

        private EnumColumn copied(EnumScript.Conversion conversion) {
            TableDraft table = draft.table(conversion.change());
            Column column = table.before(conversion.column())
                    .filter(c -> c.name().equals(conversion.column()))
                    .orElseThrow(() -> draft.refuse(
                            conversion.change(),
                            "missing-column",
                            "column \"" + conversion.column() + "\" is not a column of " + table.name()
                                    + " under this name before this migration",
                            "Check the name; rename it in a migration of its own."));
            if (!column.type().name().equals(before.name())
                    && !column.type().element().equals(Optional.of(before.name()))) {
                throw draft.refuse(
                        conversion.change(),
                        "change-type-dependent-object",
                        table.name() + "." + column.name() + " is "
                                + column.type().formatted() + ", not the " + before.name()
                                + " that the script makes anew",
                        "Change its type in a migration of its own.");
            }
            return new EnumColumn(draft, anew, conversion, table, column);
        }

        /** Whether the labels that are there stay in their order, and nothing else would tell the old type from a new one. */
        private boolean canGrow() {
            List<String> stay =
                    anew.labels().stream().filter(before.labels()::contains).toList();
            String owner = before.owner();
            Set<Grant> usual = Set.of(new Grant(owner, "", "USAGE", false), new Grant(owner, owner, "USAGE", false));
            return stay.equals(before.labels())
                    && owner.equals(draft.catalog().currentUser())
                    && before.comment().isEmpty()
                    && draft.catalog().defaultPrivileges().isEmpty()
                    && Set.copyOf(before.grants()).equals(usual);
        }

        private void grow(List<EnumColumn> columns) {
            String type = before.name().quoted();
            Optional<String> last = Optional.empty();
            for (String label : anew.labels()) {
                if (!before.labels().contains(label)) {
                    String place = last.map(l -> " AFTER " + Identifier.literal(l))
                            .orElse(" BEFORE "
                                    + Identifier.literal(before.labels().get(0)));
                    String what = before.name().name() + " " + label;
                    draft.add(
                            Slot.CREATE,
                            draft.step(anew.made(), "add-label " + what, "add label " + label)
                                    .because("the labels that are there stay in their order, so the type can be kept;"
                                            + " a transaction of its own, because a label can be used only after it")
                                    .undo(draft.step(
                                                    anew.made(),
                                                    "keep-label " + what,
                                                    "label " + label + " stays: PostgreSQL cannot remove it")
                                            .brief(Step.Purpose.DDL, "SELECT 1"))
                                    .brief(
                                            Step.Purpose.DDL,
                                            "ALTER TYPE " + type + " ADD VALUE IF NOT EXISTS "
                                                    + Identifier.literal(label) + place));
                }
                last = Optional.of(label);
            }
            draft.note(
                    Note.Level.INFO,
                    anew.made().source(),
                    before.name() + " is not made anew: its labels stay in their order, so those that are missing are"
                            + " added to it. down leaves them: PostgreSQL cannot remove one");
            columns.forEach(EnumColumn::growDefault);
        }

        private void copy(List<EnumColumn> columns) {
            QualifiedName standIn = standIn(draft, anew);
            String name = before.name().name();
            List<String> gone = before.labels().stream()
                    .filter(l -> !anew.labels().contains(l))
                    .toList();
            List<String> come = anew.labels().stream()
                    .filter(l -> !before.labels().contains(l))
                    .toList();
            draft.add(
                    Slot.CREATE,
                    draft.step(anew.made(), "create type " + name, "create the type that takes the place of " + name)
                            .because("additive: nobody uses it yet")
                            .undo(draft.step(
                                            anew.made(),
                                            "create-undo type " + name,
                                            "drop the type that was to take the place of " + name)
                                    .brief(Step.Purpose.DDL, CreationUndo.type("TYPE", standIn)))
                            .brief(
                                    Step.Purpose.DDL,
                                    "CREATE TYPE " + standIn.quoted() + " AS ENUM (" + literals(anew.labels()) + ")"));
            if (!gone.isEmpty()) {
                draft.note(
                        Note.Level.WARNING,
                        anew.made().source(),
                        "the old version may write " + literals(gone)
                                + " until contract, which stops at the first row that has it");
            }
            if (!come.isEmpty()) {
                draft.note(
                        Note.Level.WARNING,
                        anew.made().source(),
                        "the new version can write " + literals(come) + " only after contract: until then its columns"
                                + " have the old type");
            }
            columns.forEach(EnumColumn::retype);
            List<String> forth = new ArrayList<>(Archive.move(draft, "TYPE", before.name(), ""));
            forth.add("ALTER TYPE " + standIn.quoted() + " RENAME TO " + Identifier.quote(name));
            List<String> back = new ArrayList<>();
            back.add("ALTER TYPE " + before.name().quoted() + " RENAME TO " + Identifier.quote(standIn.name()));
            back.addAll(Archive.back(draft, "TYPE", before.name(), ""));
            List<String> compiledAnew = CompiledFunctions.anewForType(draft.catalog(), name);
            forth.addAll(compiledAnew);
            back.addAll(compiledAnew);
            draft.exchange(new TypeExchange(forth, back));
            draft.add(
                    Slot.PURGE_USED,
                    draft.step(anew.made(), "purge type " + name, "drop the archived type " + name + " for good")
                            .because("it cannot be brought back after this")
                            .brief(
                                    Step.Purpose.DROP,
                                    "DROP TYPE IF EXISTS "
                                            + Archive.name(draft, before.name()).quoted()));
        }

        /** Statements about the type would find one or the other, and neither under the name they have in the script. */
        private void requireNothingElse() {
            Set<String> names = new LinkedHashSet<>(Set.of(before.name().name()));
            anew.conversions()
                    .forEach(c -> c.names().forEach((name, isNew) -> {
                        if (isNew) {
                            names.add(name.name());
                        }
                    }));
            anew.parts().stream()
                    .filter(part -> part.kind().equals("RenameStmt"))
                    .forEach(part -> names.add(part.command().text("newname")));
            draft.request().up().statements().stream()
                    .flatMap(statement -> Change.of(statement).stream())
                    .filter(change -> !isPart(change, draft, anew) && isAbout(change, names))
                    .findFirst()
                    .ifPresent(change -> {
                        throw draft.refuse(
                                change,
                                "change-type-dependent-object",
                                "the script makes " + before.name() + " anew, and uses it in another statement: until"
                                        + " contract the type that it means has another name",
                                "Do one of the two in a migration of its own, contract included.");
                    });
        }

        private static boolean isAbout(Change change, Set<String> names) {
            boolean hasBody = Set.of("CreateFunctionStmt", "DoStmt").contains(change.kind());
            boolean named = Stream.of("objtype", "objectType", "removeType", "renameType")
                    .anyMatch(field -> change.command().text(field).equals("OBJECT_TYPE"));
            return hasBody || named || change.kind().equals("AlterEnumStmt")
                    ? Placement.names(change.statement().sql()).stream().anyMatch(names::contains)
                    : change.command().all("TypeName").stream()
                            .map(type -> type.strings("names"))
                            .anyMatch(parts -> !parts.isEmpty() && names.contains(ObjectNames.last(parts)));
        }

        /** DROP TYPE fails while anything else has the type. */
        private void requireAllColumns(List<EnumColumn> columns) {
            Set<ObjectRef> converted = columns.stream()
                    .flatMap(c -> Stream.of(
                            ObjectRef.column(c.table().name(), c.column().name()),
                            ObjectRef.of(
                                    ObjectRef.Kind.DEFAULT,
                                    c.table().name(),
                                    c.column().name())))
                    .collect(Collectors.toSet());
            List<Dependency> others = draft.catalog().dependencies().all().stream()
                    .filter(d -> d.kind() == Dependency.Kind.NORMAL)
                    .filter(d -> d.referenced().kind() == ObjectRef.Kind.TYPE
                            && (d.referenced().name().equals(before.name())
                                    || d.referenced()
                                            .name()
                                            .equals(before.name()
                                                    .withName(
                                                            "_" + before.name().name()))))
                    .filter(d -> !converted.contains(d.dependent())
                            && !d.dependent().name().equals(before.name()))
                    .toList();
            if (!others.isEmpty()) {
                throw draft.refuse(
                        anew.made(),
                        "drop-cascade",
                        "these depend on " + before.name() + ": " + Dependents.list(others)
                                + "; a plain run fails at the change of type, or at DROP TYPE",
                        "Change or drop them first, in a migration of their own.");
            }
        }

        private static String literals(List<String> labels) {
            return labels.stream().map(Identifier::literal).collect(Collectors.joining(", "));
        }
    }

    /** What the new type is called until it takes the old one's place. */
    static QualifiedName standIn(Draft draft, EnumScript.Anew anew) {
        return anew.name().withName(draft.ownName(anew.name().name(), "type"));
    }

    /** For a statement that only makes sense as a part of a pattern which is not complete. */
    static Optional<ChangeRefused> incomplete(Change change, Draft draft) {
        return draft.request().up().statements().stream()
                .filter(s -> s.node().is("CreateEnumStmt"))
                .filter(s -> Placement.names(change.text())
                        .contains(ObjectNames.last(s.node().strings("typeName"))))
                .findFirst()
                .map(made -> draft.refuse(
                        change,
                        "same-name-cutover",
                        "line " + made.position().line() + " makes this type in the same script, and it takes no other"
                                + " enum's place",
                        "Make it under its last name. To make an enum anew: CREATE TYPE with another name, ALTER COLUMN"
                                + " … TYPE … USING, ALTER TYPE … RENAME TO for both, DROP TYPE of the old one."));
    }
}
