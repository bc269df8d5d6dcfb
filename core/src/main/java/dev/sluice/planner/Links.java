package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Note;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds which columns of a table have to be kept in step while both versions run, and how one is made of the other. */
final class Links {

    private final Draft draft;
    private final TableDraft changes;
    private final Table table;

    Links(Draft draft, TableDraft changes) {
        this.draft = requireNonNull(draft);
        this.changes = requireNonNull(changes);
        this.table = changes.table();
    }

    List<Link> all() {
        List<Link> links = new ArrayList<>();
        for (TableDraft.Renamed rename : changes.renamed()) {
            String type = changes.type(table.column(rename.before()).orElseThrow());
            links.add(Link.copy(rename.before(), rename.after(), type, sharedDefault(rename)));
        }
        links.addAll(new Retyping(draft, changes).links());
        Map<String, Derived> ups = new LinkedHashMap<>();
        for (AddedColumn column : changes.addedInOrder()) {
            column.fill().ifPresent(fill -> ups.put(column.name(), up(column, fill)));
        }
        Map<String, Derived> downs = new LinkedHashMap<>();
        for (Map.Entry<String, Change> drop : changes.dropped().entrySet()) {
            if (!ups.isEmpty()) {
                down(drop.getKey(), ups).ifPresent(derived -> downs.put(drop.getKey(), derived));
            }
        }
        for (Set<String> group : groups(ups.values(), downs.values())) {
            Link link = new Link(
                    ups.values().stream()
                            .filter(up -> group.contains(up.column()))
                            .toList(),
                    downs.values().stream()
                            .filter(down -> group.contains(down.column()))
                            .toList());
            links.add(link);
            warnIfOneWay(link);
            link.ups().forEach(this::tellOfKeptSources);
        }
        return links;
    }

    /**
     * The default that a column has under both names: a row in which the one has it and the other has not tells which version
     * wrote it. Not one that is another for each row, nor one that the script changes.
     */
    Optional<String> sharedDefault(TableDraft.Renamed rename) {
        Column column = table.column(rename.before()).orElseThrow();
        boolean changed = draft.request().up().statements().stream()
                .flatMap(statement -> Change.of(statement).stream())
                .filter(c -> c.kind().equals("AT_ColumnDefault"))
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == changes).isPresent())
                .map(c -> c.command().text("name"))
                .anyMatch(name -> name.equals(rename.before()) || name.equals(rename.after()));
        return column.defaultExpression()
                .filter(d -> !changed && !column.isIdentity())
                .filter(d -> !new ExpressionFacts(draft.expression(d), draft.catalog()).isVolatile())
                .map(d -> "CAST((" + d + ") AS " + Derived.withoutCollation(changes.type(column)) + ")");
    }

    /**
     * What the down script says of columns that the new version leaves out though they must not be NULL: a NULL there can
     * only come from a row that it wrote.
     */
    List<Derived> supplied() {
        return changes.dropped().keySet().stream()
                .map(column -> table.column(column).orElseThrow())
                .filter(column -> column.notNull() && !column.isGenerated() && !column.isIdentity())
                .filter(column ->
                        changes.addedInOrder().stream().noneMatch(a -> a.fill().isPresent()))
                .flatMap(column -> down(column.name(), Map.of()).stream())
                .toList();
    }

    private void warnIfOneWay(Link link) {
        if (link.translatesBack() || link.oldColumns().isEmpty()) {
            return;
        }
        String olds = String.join(", ", link.oldColumns());
        String news = String.join(", ", link.newColumns());
        Change at = changes.added(link.newColumns().get(0)).orElseThrow().change();
        boolean drops = link.oldColumns().stream().anyMatch(changes.dropped()::containsKey);
        draft.note(
                drops ? Note.Level.LOSS : Note.Level.INFO,
                at.source(),
                "what the new version writes to " + news + " is not written back to " + olds
                        + (drops
                                ? ": the down script has no UPDATE that sets it. The old version does not see these values,"
                                        + " and `sluice down` keeps them in the archive only"
                                : ""));
    }

    /** A table that two versions share cannot tell which of them wrote a column that both know. */
    private void tellOfKeptSources(Derived up) {
        List<String> kept = up.inputColumns().stream()
                .filter(column -> !changes.isAdded(column)
                        && !changes.dropped().containsKey(column)
                        && changes.renamed().stream()
                                .noneMatch(rename -> rename.before().equals(column)))
                .toList();
        if (!kept.isEmpty() && !up.traits().ofChance()) {
            draft.note(
                    Note.Level.INFO,
                    changes.added(up.column()).orElseThrow().change().source(),
                    "until contract " + up.column()
                            + " is also set by an INSERT that leaves it NULL and by an UPDATE that"
                            + " changes " + String.join(" or ", kept) + " and not " + up.column()
                            + ", whichever version writes: the table cannot tell them apart");
        } else if (isSomethingForNewRows(up)) {
            draft.note(
                    Note.Level.WARNING,
                    changes.added(up.column()).orElseThrow().change().source(),
                    "until contract an INSERT of the new version that leaves " + up.column()
                            + " NULL, too, gets what the expression makes of the old columns' defaults: the table cannot tell"
                            + " which version inserts");
        }
    }

    /** Whether the expression is not NULL for a row in which only defaults stand. */
    private boolean isSomethingForNewRows(Derived up) {
        AddedColumn column = changes.added(up.column()).orElseThrow();
        return column.notNull().isEmpty()
                && column.fill()
                        .filter(fill -> new ExpressionFacts(fill.expression(), draft.catalog())
                                .isNeverNull(input -> table.column(input)
                                        .flatMap(Column::defaultExpression)
                                        .isPresent()))
                        .isPresent();
    }

    private Derived up(AddedColumn column, AddedColumn.Fill fill) {
        Expression expression = fill.expression();
        ExpressionFacts facts = new ExpressionFacts(expression, draft.catalog());
        List<Derived.Input> inputs = inputs(expression, fill.change());
        // a lookup fails for a writer who may not read the other table
        boolean total = !fill.lookup() && facts.isTotal() && facts.isStorable(column.type(), this::typeBefore);
        boolean neverNull = !fill.lookup()
                && facts.isNeverNull(c -> table.column(c).map(Column::notNull).orElse(false));
        return derived(
                column.name(),
                column.type(),
                expression,
                inputs,
                fill.lookup(),
                new Derived.Traits(
                        total, neverNull && total, facts.isDeterminedByRow(), fill.lookup(), facts.isOfChance()));
    }

    private Optional<Derived> down(String column, Map<String, Derived> ups) {
        Column before = table.column(column).orElseThrow();
        Optional<AddedColumn.Fill> fill = new DownScript(draft, changes).fill(column);
        if (fill.isEmpty()) {
            return Optional.empty();
        }
        Expression expression = fill.get().expression();
        boolean usesNew = expression.columns().stream().anyMatch(changes::isAdded);
        boolean usesFilled = expression.columns().stream().anyMatch(ups::containsKey);
        if (ups.isEmpty() ? usesNew : !usesFilled) {
            return Optional.empty();
        }
        ExpressionFacts facts = new ExpressionFacts(expression, draft.catalog());
        String type = changes.type(before);
        boolean total = !fill.get().lookup() && facts.isTotal() && facts.isStorable(type, this::typeAfter);
        boolean neverNull = total && facts.isNeverNull(c -> isNotNullAfter(c, ups));
        List<Derived.Input> inputs = inputs(expression, fill.get().change());
        return Optional.of(derived(
                column,
                type,
                expression,
                inputs,
                fill.get().lookup(),
                new Derived.Traits(
                        total, neverNull, facts.isDeterminedByRow(), fill.get().lookup(), facts.isOfChance())));
    }

    private boolean isNotNullAfter(String column, Map<String, Derived> ups) {
        return changes.added(column)
                .map(added -> added.notNull().isPresent()
                        && Optional.ofNullable(ups.get(column))
                                .filter(up -> up.traits().neverNull())
                                .isPresent())
                .orElseGet(() -> table.column(column).map(Column::notNull).orElse(false));
    }

    private String typeBefore(String column) {
        return table.column(column).map(c -> c.type().formatted()).orElse("");
    }

    private String typeAfter(String column) {
        return changes.added(column).map(AddedColumn::type).orElseGet(() -> typeBefore(column));
    }

    private Derived derived(
            String column,
            String type,
            Expression expression,
            List<Derived.Input> inputs,
            boolean lookup,
            Derived.Traits traits) {
        List<String> order = inputs.stream().map(Derived.Input::column).toList();
        String parameters = expression.rewrite(reference ->
                ownColumn(reference).map(own -> lookup ? "$" + (order.indexOf(own) + 1) : Identifier.quote(own)));
        String inline = expression.rewrite(reference -> ownColumn(reference)
                .map(own -> (lookup ? Identifier.quote(table.name().name()) + "." : "") + Identifier.quote(own)));
        boolean isDown = table.column(column).isPresent();
        QualifiedName function =
                QualifiedName.of("sluice", draft.ownName(table.name().name(), isDown ? "down" : "up", column));
        return new Derived(column, type, inputs, parameters, inline, function, traits);
    }

    private Optional<String> ownColumn(Expression.Reference reference) {
        return reference.qualifier().equals(FillExpressions.ROW) ? Optional.of(reference.column()) : Optional.empty();
    }

    private List<Derived.Input> inputs(Expression expression, Change change) {
        Set<String> columns = new LinkedHashSet<>();
        expression.references().forEach(reference -> ownColumn(reference).ifPresent(columns::add));
        List<Derived.Input> inputs = new ArrayList<>();
        for (String column : columns) {
            String type = changes.added(column)
                    .map(AddedColumn::type)
                    .or(() -> table.column(column).map(changes::type))
                    .orElseThrow(() -> draft.refuse(
                            change,
                            "missing-column",
                            "column \"" + column + "\" does not exist in table " + table.name(),
                            "Check the name."));
            inputs.add(new Derived.Input(column, Derived.withoutCollation(type)));
        }
        return inputs;
    }

    /** Columns that hang together through any expression. */
    private static List<Set<String>> groups(Collection<Derived> ups, Collection<Derived> downs) {
        List<Set<String>> groups = new ArrayList<>();
        Set<String> droppedOnly = downs.stream().map(Derived::column).collect(Collectors.toSet());
        Set<String> news = ups.stream().map(Derived::column).collect(Collectors.toSet());
        List<Derived> all = new ArrayList<>(ups);
        all.addAll(downs);
        for (Derived derived : all) {
            Set<String> group = new LinkedHashSet<>();
            group.add(derived.column());
            derived.inputColumns().stream()
                    .filter(c -> droppedOnly.contains(c) || news.contains(c))
                    .forEach(group::add);
            List<Set<String>> touching = groups.stream()
                    .filter(g -> g.stream().anyMatch(group::contains))
                    .toList();
            touching.forEach(group::addAll);
            groups.removeAll(touching);
            groups.add(group);
        }
        return groups;
    }
}
