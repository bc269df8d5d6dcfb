package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan in the making: what the operations see and what they add to. One per planning; not thread-safe.
 *
 * <p>Statements about one table's columns belong together (one dual write, one backfill, one swap), so operations only
 * note them in the table's {@link TableDraft}; the planner makes steps of them in the end.
 */
public final class Draft {

    private final PlanRequest request;
    private final PgParser parser;
    private final Protection protection;
    private final Map<Slot, List<Step>> steps = new EnumMap<>(Slot.class);
    private final List<Note> notes = new ArrayList<>();
    private final Map<QualifiedName, TableDraft> tables = new LinkedHashMap<>();
    private final Map<QualifiedName, QualifiedName> renamedTables = new HashMap<>();
    private final Set<QualifiedName> created = new HashSet<>();
    private final Set<Mark> marks = new HashSet<>();
    private final List<TypeExchange> typeExchanges = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    Draft(PlanRequest request, PgParser parser) {
        this.request = requireNonNull(request);
        this.parser = requireNonNull(parser);
        this.protection = new Protection(request.catalog(), request.createdInThisRun());
    }

    /** The catalog before the migration. */
    public Catalog catalog() {
        return request.catalog();
    }

    public PlanRequest request() {
        return request;
    }

    /** The migration's version: part of every name Sluice creates. */
    public String version() {
        return request.migration().version();
    }

    public Directives directives() {
        return request.directives();
    }

    public Expression expression(String sql) {
        return Expression.parse(parser, sql);
    }

    public PgParser parser() {
        return parser;
    }

    public Protection protection() {
        return protection;
    }

    public void add(Slot slot, Step step) {
        steps.computeIfAbsent(slot, s -> new ArrayList<>()).add(step);
    }

    /** Adds to {@code normally}, unless a {@code -- sluice:phase} directive pulls the change into the other phase. */
    public void add(Change change, Slot normally, Step step) {
        Optional<Phase> wanted = directives().phase(change);
        if (wanted.isEmpty() || wanted.get() == normally.phase()) {
            add(normally, step);
        } else {
            add(wanted.get() == Phase.EXPAND ? Slot.AFTER_BACKFILL : Slot.AFTER_SWAP, step);
        }
    }

    /**
     * Starts a step.
     *
     * @param slug what it is about, for its id: {@code add-column users.full_name}; made unique here
     */
    public StepSpec step(Source source, String slug, String title) {
        int seen = ids.merge(slug, 1, Integer::sum);
        return new StepSpec(seen == 1 ? slug : slug + " (" + seen + ")", source, title);
    }

    public StepSpec step(Change change, String slug, String title) {
        return step(change.source(), slug, title);
    }

    public void note(Note.Level level, Source source, String text) {
        notes.add(new Note(level, text, Optional.empty(), source));
    }

    public void note(Note.Level level, Source source, String text, String hazard) {
        notes.add(new Note(level, text, Optional.of(hazard), source));
    }

    /** {@code throw draft.refuse(…)}: the change cannot be done; the others are still looked at. */
    public ChangeRefused refuse(Change change, String hazard, String reason, String advice) {
        return new ChangeRefused(new Refusal(
                change.source(),
                hazard,
                reason,
                advice,
                change.statement().source().excerpt(change.start())));
    }

    /** Like {@link #refuse} with the standard advice on allowing it, unless a directive allows the hazard already. */
    public void refuseUnlessAllowed(Change change, String hazard, String reason, String advice) {
        if (!directives().allows(change, hazard)) {
            throw refuse(
                    change,
                    hazard,
                    reason,
                    advice + " To run it anyway, write this line above the statement: -- sluice:allow " + hazard
                            + " reason=\"…\"");
        }
    }

    /** Whether an UPDATE of the script gives this column, which the script adds, its values. */
    public boolean isFilledLater(TableDraft table, String column) {
        return request.up().statements().stream()
                .filter(s -> s.node().is("UpdateStmt"))
                .filter(s -> findTable(s.node().get("relation"))
                        .filter(t -> t == table)
                        .isPresent())
                .anyMatch(s -> s.node().list("targetList").stream()
                        .anyMatch(target -> target.text("name").equals(column)));
    }

    /** The columns of this table that any statement of the script drops. */
    public Set<String> droppedByScript(QualifiedName table) {
        return request.up().statements().stream()
                .filter(s -> s.node().is("AlterTableStmt"))
                .filter(s -> findTable(s.node().get("relation"))
                        .filter(t -> t.name().equals(table))
                        .isPresent())
                .flatMap(s -> s.node().list("cmds").stream())
                .filter(command -> command.text("subtype").equals("AT_DropColumn"))
                .map(command -> command.text("name"))
                .collect(Collectors.toSet());
    }

    /** The columns of this table that any statement of the script gives another name, by their names before. */
    public Set<String> renamedByScript(QualifiedName table) {
        return request.up().statements().stream()
                .filter(s ->
                        s.node().is("RenameStmt") && s.node().text("renameType").equals("OBJECT_COLUMN"))
                .filter(s -> findTable(s.node().get("relation"))
                        .filter(t -> t.name().equals(table))
                        .isPresent())
                .map(s -> s.node().text("subname"))
                .collect(Collectors.toSet());
    }

    /** The name under which a statement without a schema would create a relation. */
    public QualifiedName nameToCreate(Node rangeVar) {
        String schema = rangeVar.text("schemaname");
        return QualifiedName.of(schema.isEmpty() ? catalog().creationSchema() : schema, rangeVar.text("relname"));
    }

    /** Adds an exchange of types, which the swap of their columns does. */
    public void exchange(TypeExchange types) {
        typeExchanges.add(types);
    }

    List<TypeExchange> typeExchanges() {
        return List.copyOf(typeExchanges);
    }

    /** Records that the migration itself makes this relation: nothing to protect about it. */
    public void created(QualifiedName name) {
        created.add(name);
    }

    public void mark(Mark mark) {
        marks.add(mark);
    }

    /** The slot in which a thing of this name gets its final form; empty when it has it from the beginning. */
    public Optional<Slot> waitsFor(String name) {
        return Stream.of(Slot.values())
                .filter(slot -> has(new Mark.WaitsFor(slot, name)))
                .reduce((earlier, later) -> later);
    }

    /** When the last of the statements planned so far changes rows of the relation; {@link Slot#CREATE} when none does. */
    public Slot lastRowsChange(QualifiedName relation) {
        return last(slot -> new Mark.RowsChange(slot, relation));
    }

    /** The same for the last one that changes or reads them: a change that comes later in the script has to come after it. */
    public Slot lastRowsUse(QualifiedName relation) {
        return Slot.later(lastRowsChange(relation), last(slot -> new Mark.RowsRead(slot, relation)));
    }

    private Slot last(Function<Slot, Mark> mark) {
        return Stream.of(Slot.values()).filter(slot -> has(mark.apply(slot))).reduce(Slot.CREATE, Slot::later);
    }

    /** The relations that the statement names and this migration has made before. */
    public List<QualifiedName> newRelations(Statement statement) {
        return Mentions.of(statement).stream()
                .flatMap(name -> name.resolve(catalog(), this::isNew).stream())
                .distinct()
                .toList();
    }

    public boolean has(Mark mark) {
        return marks.contains(mark);
    }

    /** Whether the migration itself made this relation before. */
    public boolean isNew(QualifiedName name) {
        return created.contains(name);
    }

    /** Whether the relation that is meant was made by this migration. */
    public boolean isNew(Node rangeVar) {
        return newRelation(rangeVar).isPresent();
    }

    /** The relation that is meant, where this migration has made it. */
    public Optional<QualifiedName> newRelation(Node rangeVar) {
        return candidates(rangeVar).stream().filter(created::contains).findFirst();
    }

    /** Whether there is a relation of that name: in the catalog, or made by this run or this migration before. */
    public boolean exists(Node rangeVar) {
        return findTable(rangeVar).isPresent()
                || candidates(rangeVar).stream()
                        .anyMatch(q -> created.contains(q)
                                || request.createdInThisRun().contains(q)
                                || catalog().view(q).isPresent()
                                || catalog().sequence(q).isPresent()
                                || catalog().index(q).isPresent());
    }

    /**
     * The table that a statement means, as it was before the migration.
     *
     * @throws ChangeRefused when there is no such table
     */
    public TableDraft table(Change change, Node rangeVar) {
        return findTable(rangeVar).orElseThrow(() -> missing(change, rangeVar));
    }

    /** That there is no such relation, or not yet. */
    public ChangeRefused missing(Change change, Node rangeVar) {
        return MissingRelation.refusal(this, change, rangeVar);
    }

    /** The table that ALTER TABLE and its like are about. */
    public TableDraft table(Change change) {
        return table(change, change.relation());
    }

    /** The table of that name, renames of this migration considered; empty when it is new or does not exist. */
    public Optional<TableDraft> findTable(Node rangeVar) {
        for (QualifiedName candidate : candidates(rangeVar)) {
            QualifiedName before = renamedTables.getOrDefault(candidate, candidate);
            Optional<Table> table = catalog().table(before);
            if (table.isPresent()) {
                return Optional.of(tables.computeIfAbsent(before, name -> new TableDraft(table.get())));
            }
        }
        return Optional.empty();
    }

    /** The view that the catalog has under that name. */
    Optional<View> findView(Node rangeVar) {
        return candidates(rangeVar).stream()
                .flatMap(name -> catalog().view(name).stream())
                .findFirst();
    }

    public Optional<TableDraft> findTable(QualifiedName nameBefore) {
        return catalog()
                .table(nameBefore)
                .map(table -> tables.computeIfAbsent(nameBefore, name -> new TableDraft(table)));
    }

    /** From now on the script calls the table {@code after}. */
    public void tableRenamed(QualifiedName before, QualifiedName after) {
        renamedTables.put(after, before);
    }

    /** A name for something this migration creates, unique among all migrations: {@code sluice_<version>_<parts>}. */
    public String ownName(String... parts) {
        List<String> all = new ArrayList<>();
        all.add(version().replaceAll("[^A-Za-z0-9]", "_").toLowerCase(java.util.Locale.ROOT));
        all.addAll(List.of(parts));
        return Identifier.sluiceName(all.toArray(String[]::new));
    }

    /** The name of a column while it is archived; one that the table does not have yet. */
    public String archivedName(Table table, String column) {
        String wanted = Column.ARCHIVED_PREFIX + ownName(column).substring(Identifier.SLUICE_PREFIX.length());
        String free = Identifier.bounded(wanted);
        for (int i = 2; table.column(free).isPresent(); i++) {
            free = Identifier.bounded(wanted + "_" + i);
        }
        return free;
    }

    /**
     * Those that get another name come last: until then all others know them by the old one. Those that drop a column that refers
     * to another table come first: what the foreign key needs may change only when it is gone, and is back before it.
     */
    Collection<TableDraft> tables() {
        return tables.values().stream()
                .sorted(Comparator.comparing(
                                (TableDraft table) -> table.newName().isPresent())
                        .thenComparing(table -> !table.dropsReference()))
                .toList();
    }

    List<Step> steps(Slot slot) {
        return List.copyOf(steps.getOrDefault(slot, List.of()));
    }

    List<Step> steps(Phase phase) {
        List<Step> all = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            if (slot.phase() == phase) {
                all.addAll(steps.getOrDefault(slot, List.of()));
            }
        }
        return all;
    }

    List<Note> notes() {
        return List.copyOf(notes);
    }

    private List<QualifiedName> candidates(Node rangeVar) {
        String schema = rangeVar.text("schemaname");
        String name = rangeVar.text("relname");
        return schema.isEmpty()
                ? catalog().searchPath().stream()
                        .map(path -> QualifiedName.of(path, name))
                        .toList()
                : List.of(QualifiedName.of(schema, name));
    }
}
