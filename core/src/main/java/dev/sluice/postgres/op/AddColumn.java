package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.ColumnDefinition;
import dev.sluice.planner.Draft;
import dev.sluice.planner.ExpressionFacts;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ALTER TABLE … ADD COLUMN. What would make PostgreSQL rewrite or scan the table under ACCESS EXCLUSIVE (volatile
 * default, serial, identity, inline constraints; observed on 14-18) is taken apart: the column first, its values in
 * batches, its constraints by their safe forms.
 */
final class AddColumn implements Operation {

    private static final Map<String, String> SERIAL = Map.of(
            "serial", "integer",
            "serial4", "integer",
            "bigserial", "bigint",
            "serial8", "bigint",
            "smallserial", "smallint",
            "serial2", "smallint");

    /** Constraints that restrict what may be written, or need the whole table to be looked at. */
    static final Set<String> APART =
            Set.of("CONSTR_CHECK", "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_FOREIGN", "CONSTR_EXCLUSION");

    @Override
    public String id() {
        return "add-column";
    }

    @Override
    public About about() {
        return About.of("Add a column", "`ALTER TABLE … ADD COLUMN`")
                .expand("""
                        A nullable column, or one with a constant or stable default: as written, one short lock
                        (PostgreSQL stores the default once). A volatile default (`gen_random_uuid()`), a serial or an
                        identity column would rewrite the table under an exclusive lock; the column is added empty, new
                        rows get the default, old rows are filled in batches, then NOT NULL and identity follow. Inline
                        `CHECK`, `REFERENCES`, `UNIQUE` and `PRIMARY KEY` become constraints of their own, see
                        [add-constraint](add-constraint.md).

                        A table of fewer than 10,000 rows is rewritten instead, which takes milliseconds; the plan says
                        so.

                        Filled by an UPDATE of the same script, the column follows its sources until contract, see
                        [fill-column](fill-column.md).
                        """)
                .contract("Nothing, except constraints that old rows or old writers could violate.")
                .undo("""
                        The column is dropped; what the new version wrote to it is archived first when the old columns
                        cannot hold it.
                        """)
                .locks("`ACCESS EXCLUSIVE`, for the catalog change only.")
                .limits("""
                        A stored generated column rewrites the table and is refused on tables of 10,000 rows or more. What
                        such a column is declared beside its expression (`CHECK`, `UNIQUE`) comes in contract.
                        """)
                .with("In the place of a column that the script drops", """
                        Refused (`same-name-cutover`): the new column would not get the values of the old one. To keep
                        them, write `ALTER COLUMN … TYPE … USING`. With `-- sluice:allow same-name-cutover` above the
                        statement that adds, the old column goes into the archive in contract, and the new one comes
                        right behind: the old version works until then, the new one from then on. The new column is
                        nullable or has a constant default; the script says nothing else of it.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_AddColumn")) {
            return false;
        }
        TableDraft table = draft.table(change);
        ColumnDefinition definition = ColumnDefinition.of(change);
        String name = definition.name();
        if (table.before(name).isPresent() || table.isAdded(name) || table.isComputed(name)) {
            if (change.command().flag("missing_ok")) {
                draft.note(
                        Note.Level.INFO,
                        change.source(),
                        table.name() + " has column " + name + " already: nothing to do");
                return true;
            }
            throw draft.refuse(
                    change,
                    "duplicate-column",
                    "column \"" + name + "\" of table " + table.name() + " exists already",
                    "Remove the statement, or write ADD COLUMN IF NOT EXISTS.");
        }
        if (table.dropped().containsKey(name)) {
            ReplacedColumn.plan(change, draft, table, definition);
            return true;
        }
        if (table.table().column(name).isPresent()) {
            throw draft.refuse(
                    change,
                    "same-name-cutover",
                    "the script takes column \"" + name + "\" of " + table.name() + " away and adds another one of that"
                            + " name: while both versions run, the two columns cannot share it",
                    "Give the new column another name now; rename it in a later migration, after contract and purge.");
        }
        if (!table.table().partitioning().children().isEmpty() || table.table().isPartition()) {
            requireParent(change, draft, table.table());
        }
        boolean filled = draft.isFilledLater(table, name);
        if (definition.part("CONSTR_GENERATED").isPresent()) {
            new GeneratedColumn(change, draft, table, definition).add();
            inlineConstraints(change, draft, table, definition);
            return true;
        }
        AddedColumn column = describe(change, draft, table.table(), definition, filled);
        table.put(column);
        inlineConstraints(change, draft, table, definition);
        return true;
    }

    private static void requireParent(Change change, Draft draft, Table table) {
        if (table.isPartition()) {
            throw draft.refuse(
                    change,
                    "partition-column",
                    table.name() + " is a partition: PostgreSQL adds columns to the partitioned table only",
                    "Alter " + table.partitioning().parent().orElseThrow() + " instead.");
        }
    }

    private AddedColumn describe(Change change, Draft draft, Table table, ColumnDefinition definition, boolean filled) {
        Optional<String> defaultExpression = definition.defaultExpression().filter(d -> !d.equalsIgnoreCase("null"));
        Optional<Change> notNull = definition.isNotNull() ? Optional.of(change) : Optional.empty();
        String bare = definition.only("CONSTR_DEFAULT", "CONSTR_NOTNULL", "CONSTR_NULL", "CONSTR_IDENTITY");
        String name = definition.name();
        Optional<AddedColumn.RowByRow> rowByRow = Optional.empty();
        String type = definition.type();
        boolean rewrite = false;
        String serialOf = SERIAL.getOrDefault(type.toLowerCase(java.util.Locale.ROOT), "");
        if (!serialOf.isEmpty()) {
            requireOldName(change, draft, table, name);
            rewrite = true;
            rowByRow = Optional.of(serial(draft, table, name, serialOf));
        } else if (definition.part("CONSTR_IDENTITY").isPresent()) {
            requireOldName(change, draft, table, name);
            rewrite = true;
            rowByRow = Optional.of(identity(draft, table, definition));
        } else if (defaultExpression.isPresent()
                && new ExpressionFacts(draft.expression(defaultExpression.get()), draft.catalog()).isVolatile()) {
            rewrite = true;
            String quoted = Identifier.quote(name);
            rowByRow = Optional.of(new AddedColumn.RowByRow(
                    defaultExpression.get(),
                    List.of("ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + quoted + " SET DEFAULT "
                            + defaultExpression.get()),
                    List.of(),
                    List.of(),
                    false));
        } else if (AddedColumn.isOfConstrainedDomain(change, draft.catalog())) {
            requireSmall(
                    change,
                    draft,
                    table,
                    "add-column-constrained-domain",
                    "a column whose type is a domain with constraints makes PostgreSQL rewrite the table under ACCESS"
                            + " EXCLUSIVE",
                    "Add the column with the domain's base type, and the domain's rule as a CHECK constraint.");
        } else if (notNull.isPresent() && defaultExpression.isEmpty()) {
            throw draft.refuse(
                    change,
                    "add-column-not-null-no-default",
                    "the existing rows of " + table.name() + " have no value for \"" + name
                            + "\", so NOT NULL fails in a" + " plain run too",
                    "Give it a DEFAULT; or add it without NOT NULL, fill it with an UPDATE, then SET NOT NULL, all in"
                            + " this script.");
        }
        if (rewrite && SafeForms.isSmall(table)) {
            return new AddedColumn(
                    name,
                    change,
                    type,
                    bare,
                    Optional.empty(),
                    notNull.isPresent()
                                    || !serialOf.isEmpty()
                                    || definition.part("CONSTR_IDENTITY").isPresent()
                            ? Optional.of(change)
                            : Optional.empty(),
                    Optional.empty(),
                    rowByRow.map(AddedColumn.RowByRow::doneByRewrite));
        }
        if (rewrite) {
            String plainType = serialOf.isEmpty() ? type : serialOf;
            boolean implied =
                    !serialOf.isEmpty() || definition.part("CONSTR_IDENTITY").isPresent();
            return new AddedColumn(
                    name,
                    change,
                    plainType,
                    Identifier.quote(name) + " " + plainType,
                    Optional.empty(),
                    implied ? Optional.of(change) : notNull,
                    Optional.empty(),
                    rowByRow);
        }
        String added = filled ? Identifier.quote(name) + " " + type : bare;
        return new AddedColumn(
                name, change, type, added, defaultExpression, notNull, Optional.empty(), Optional.empty());
    }

    /** DROP NOT NULL on a column that the script adds. */
    static AddedColumn withoutNotNull(Change change, Draft draft, Table table, AddedColumn column) {
        if (column.rowByRow().isPresent()) {
            throw draft.refuse(
                    change,
                    "new-column-again",
                    "the script itself adds column " + column.name() + " of " + table.name()
                            + ", with a value for each row, and lets it be NULL later",
                    "Let it be NULL in a later migration.");
        }
        ColumnDefinition written = ColumnDefinition.of(column.change());
        String nullable = written.only("CONSTR_DEFAULT", "CONSTR_NULL");
        boolean asWritten = column.definition()
                .endsWith(written.only("CONSTR_DEFAULT", "CONSTR_NOTNULL", "CONSTR_NULL", "CONSTR_IDENTITY")
                        .substring(Identifier.quote(written.name()).length()));
        String definition = asWritten
                ? Identifier.quote(column.name())
                        + nullable.substring(Identifier.quote(written.name()).length())
                : column.definition();
        return column.withDefault(column.defaultExpression(), definition).withNotNull(Optional.empty());
    }

    /** The server names the sequence after the table, which keeps its old name until contract. */
    private static void requireOldName(Change change, Draft draft, Table table, String column) {
        if (draft.findTable(table.name()).flatMap(TableDraft::newName).isPresent()) {
            throw draft.refuse(
                    change,
                    "rename-table",
                    "the script renames " + table.name() + ", and the sequence of " + column
                            + " would be named after the old name",
                    "Add the column before the rename, or in a migration of its own.");
        }
    }

    private static AddedColumn.RowByRow serial(Draft draft, Table table, String column, String type) {
        QualifiedName sequence =
                QualifiedName.of(table.name().schema(), GeneratedNames.relation(draft, table.name(), column, "seq"));
        String alter = "ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(column);
        String next = "nextval(" + Identifier.literal(sequence.quoted()) + "::regclass)";
        return new AddedColumn.RowByRow(
                next,
                List.of(
                        "CREATE SEQUENCE " + sequence.quoted() + " AS " + type + " OWNED BY "
                                + table.name().quoted() + "." + Identifier.quote(column),
                        alter + " SET DEFAULT " + next),
                List.of("DROP SEQUENCE IF EXISTS " + sequence.quoted()),
                List.of(),
                false);
    }

    /** A sequence of our own numbers the rows; the identity's own sequence goes on from there. */
    private static AddedColumn.RowByRow identity(Draft draft, Table table, ColumnDefinition definition) {
        String column = Identifier.quote(definition.name());
        QualifiedName own =
                QualifiedName.of("sluice", draft.ownName(table.name().name(), definition.name(), "numbers"));
        String alter = "ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + column;
        String next = "nextval(" + Identifier.literal(own.quoted()) + "::regclass)";
        String generated = definition.part("CONSTR_IDENTITY").orElseThrow().text();
        return new AddedColumn.RowByRow(
                next,
                List.of(
                        "CREATE SEQUENCE " + own.quoted(),
                        "GRANT USAGE ON SEQUENCE " + own.quoted() + " TO PUBLIC",
                        alter + " SET DEFAULT " + next),
                List.of("DROP SEQUENCE IF EXISTS " + own.quoted()),
                List.of(
                        alter + " DROP DEFAULT, ALTER COLUMN " + column + " ADD " + generated,
                        "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence("
                                + Identifier.literal(table.name().quoted()) + ", "
                                + Identifier.literal(definition.name()) + "), " + next + ", false)",
                        "DROP SEQUENCE " + own.quoted()),
                false);
    }

    /** Why a small table may be rewritten under a strong lock. */
    static String rewriting(Table table) {
        return SafeForms.rows(table) + ": rewriting them takes milliseconds";
    }

    static void requireSmall(Change change, Draft draft, Table table, String hazard, String reason, String advice) {
        if (!SafeForms.isSmall(table)) {
            draft.refuseUnlessAllowed(change, hazard, reason + " (" + SafeForms.rows(table) + ")", advice);
        }
    }

    private static void inlineConstraints(Change change, Draft draft, TableDraft table, ColumnDefinition definition) {
        List<ColumnDefinition.Part> parts = definition.parts();
        for (int i = 0; i < parts.size(); i++) {
            if (APART.contains(parts.get(i).kind())) {
                StringBuilder attributes = new StringBuilder();
                for (int j = i + 1; j < parts.size() && parts.get(j).kind().startsWith("CONSTR_ATTR"); j++) {
                    attributes.append(' ').append(parts.get(j).text());
                }
                InlineConstraint.plan(change, draft, table, definition.name(), parts.get(i), attributes.toString());
            }
        }
    }
}
