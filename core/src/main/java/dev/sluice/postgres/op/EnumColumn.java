package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TypeRef;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Expression;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One column of an enum that a script makes anew.
 *
 * @param conversion the change of its type
 * @param column as it was
 */
record EnumColumn(
        Draft draft, EnumScript.Anew anew, EnumScript.Conversion conversion, TableDraft table, Column column) {

    private Change change() {
        return conversion.change();
    }

    private boolean isArray() {
        return column.type().category() == TypeRef.Category.ARRAY;
    }

    private String brackets() {
        return isArray() ? "[]" : "";
    }

    /** The script's USING over the column as it was. */
    private Expression using() {
        String written = TypeClause.of(change())
                .using()
                .orElseThrow(() -> draft.refuse(
                        change(),
                        "change-type-dependent-object",
                        "there is no cast from one enum to another: a plain run fails here",
                        "Write USING " + Identifier.quote(column.name()) + "::text" + brackets() + "::… behind the"
                                + " type."));
        Expression expression = draft.expression(written);
        if (conversion.over().isEmpty()) {
            return expression;
        }
        Optional<String> over = TypeClause.of(conversion.over().get()).using();
        String text = over.orElse("CAST(" + Identifier.quote(column.name()) + " AS text" + brackets() + ")");
        return draft.expression(expression.rewrite(
                r -> r.column().equals(column.name()) ? Optional.of("(" + text + ")") : Optional.empty()));
    }

    /** Whether every label becomes the same label of the new type. */
    boolean isMereCast() {
        Node node = using().tree();
        while (node.is("TypeCast")) {
            node = node.get("arg");
        }
        return node.is("ColumnRef");
    }

    /** The default as the script leaves it, types by the names they have in the end. */
    private Optional<String> defaultAfter() {
        List<Change> said = draft.request().up().statements().stream()
                .flatMap(statement -> Change.of(statement).stream())
                .filter(c -> c.kind().equals("AT_ColumnDefault") && RecreateEnum.isOf(c, draft, conversion))
                .toList();
        boolean castable = column.defaultExpression().isEmpty()
                || conversion.over().isPresent() && !said.isEmpty()
                || said.stream()
                        .filter(c -> c.start() < change().start())
                        .reduce((first, second) -> second)
                        .filter(c -> !c.command().has("def"))
                        .isPresent();
        if (!castable) {
            throw draft.refuse(
                    change(),
                    "change-type-dependent-object",
                    "the default of " + table.name() + "." + column.name()
                            + " has the old type, and there is no cast to the new one: a plain run fails here",
                    "Write ALTER COLUMN " + Identifier.quote(column.name())
                            + " DROP DEFAULT before this statement, and SET DEFAULT behind the last one.");
        }
        return said.isEmpty()
                ? Optional.empty()
                : ColumnDefault.expression(said.get(said.size() - 1))
                        .map(written -> draft.expression(written)
                                .withTypes(name -> isOfEither(name)
                                        ? Optional.of(anew.name().quoted())
                                        : Optional.empty()));
    }

    private boolean isOfEither(List<String> name) {
        return anew.name().name().equals(ObjectNames.last(name))
                || conversion.names().entrySet().stream()
                        .anyMatch(e -> e.getValue() && e.getKey().name().equals(ObjectNames.last(name)));
    }

    void growDefault() {
        Optional<String> after = defaultAfter();
        if (after.equals(column.defaultExpression())) {
            return;
        }
        // the old version may rely on the default that goes
        Slot slot = after.isEmpty() ? Slot.AFTER_SWAP : Slot.CREATE;
        draft.add(slot, ColumnDefault.step(change(), draft, table, column.name(), column, after));
    }

    void retype() {
        ChangeType.requireNothingDepends(conversion.over().orElse(change()), draft, table.table(), column);
        if (table.table().kind() != Table.Kind.ORDINARY
                || !table.table().inheritedBy().isEmpty()
                || column.isGenerated()) {
            throw draft.refuse(
                    change(),
                    "change-type-rewrite",
                    table.name() + " is partitioned or has children, or " + column.name() + " is generated: a second"
                            + " column of the new type cannot be kept in step",
                    "Leave the labels in the type and forbid those that go by a CHECK; add labels by ALTER TYPE"
                            + " … ADD VALUE.");
        }
        MadeAndGone.requireCopied(conversion.over().orElse(change()), draft, table, column);
        QualifiedName standIn = RecreateEnum.standIn(draft, anew);
        QualifiedName archived = Archive.name(draft, anew.name());
        Expression using = using();
        String type = anew.name().quoted() + brackets();
        String oldType = archived.quoted() + brackets();
        String old = "CAST(CAST(" + Identifier.quote(column.name()) + " AS text" + brackets() + ") AS " + oldType + ")";
        Optional<Expression> written = scriptBack(archived);
        TableDraft.StandIn later = new TableDraft.StandIn(
                type,
                named(using, conversion.names(), anew.name(), archived),
                written.orElse(draft.expression(old)),
                oldType,
                defaultAfter());
        table.retype(new TableDraft.Retyped(
                column.name(),
                standIn.quoted() + brackets(),
                named(using, conversion.names(), standIn, anew.name()),
                written,
                false,
                change(),
                Optional.of(later)));
    }

    /** What the down script, which makes the type anew the other way round, says of the old value. */
    private Optional<Expression> scriptBack(QualifiedName archived) {
        return draft.request().down().stream()
                .flatMap(down -> EnumScript.of(draft.catalog(), down.statements()).stream())
                .filter(back -> back.name().equals(anew.name()))
                .flatMap(back -> back.conversions().stream())
                .filter(back -> RecreateEnum.isOf(back.change(), draft, conversion)
                        && back.over().isEmpty())
                .findFirst()
                .flatMap(back -> TypeClause.of(back.change())
                        .using()
                        .map(draft::expression)
                        .map(expression -> named(expression, back.names(), archived, anew.name())));
    }

    /** The expression with other names for the two types. */
    private Expression named(
            Expression expression, Map<QualifiedName, Boolean> names, QualifiedName fresh, QualifiedName old) {
        return draft.expression(expression.withTypes(written -> names.entrySet().stream()
                .filter(e -> e.getKey().name().equals(ObjectNames.last(written))
                        && ObjectNames.schema(written)
                                .map(e.getKey().schema()::equals)
                                .orElse(true))
                .findFirst()
                .map(e -> (e.getValue() ? fresh : old).quoted())));
    }
}
