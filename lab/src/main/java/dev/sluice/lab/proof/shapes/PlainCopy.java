package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.PlainRun;
import dev.sluice.lab.proof.ProofSubject;
import dev.sluice.postgres.CatalogReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What the migration's scripts, run plainly, make of the rows of a reference database. */
final class PlainCopy {

    private static final int REPAIRS = 3;

    /**
     * The script's work.
     *
     * @param repaired whether rows had to be deleted first
     */
    record Result(TestDatabase database, boolean repaired) {}

    private final ProofSubject subject;
    private final Scope scope;

    PlainCopy(ProofSubject subject, Scope scope) {
        this.subject = subject;
        this.scope = scope;
    }

    /**
     * The up script on a copy of the old version's reference. Rows on which it fails are deleted from the reference and from
     * the planned database too, as a person would have to before the plan can go on.
     *
     * @return empty when the script fails whatever is deleted
     */
    Optional<Result> up(TestDatabase reference, TestDatabase planned) {
        for (int i = 0; i < REPAIRS; i++) {
            TestDatabase copy = subject.copy(reference);
            Optional<DatabaseException> failure =
                    PlainRun.run(copy, subject.migration().up()).failure();
            if (failure.isEmpty()) {
                return Optional.of(new Result(copy, i > 0));
            }
            subject.drop(copy);
            TestDatabase repaired = subject.copy(reference);
            if (subject.repair(repaired, failure.get()).isEmpty()) {
                return Optional.empty();
            }
            deleteAsIn(repaired, reference, planned);
            subject.drop(repaired);
        }
        return Optional.empty();
    }

    private void deleteAsIn(TestDatabase repaired, TestDatabase reference, TestDatabase planned) {
        try (Session survivors = Sessions.open(repaired);
                Session ours = Sessions.open(reference);
                Session theirs = Sessions.open(planned)) {
            for (Table table : scope.start().tables().values()) {
                TableRows shape = TableRows.of(table);
                if (table.kind() == Table.Kind.ORDINARY
                        && !shape.columns().isEmpty()
                        && !shape.digest(survivors).equals(shape.digest(ours))) {
                    Patch.deleteOthers(table, survivors, List.of(ours, theirs));
                }
            }
        }
    }

    /**
     * The down script on a copy of the new version's reference; empty when there is none, it fails, or it leaves out
     * columns of the old version: then it does not say what becomes of the rows.
     */
    Optional<TestDatabase> down(TestDatabase reference) {
        if (subject.migration().down().isEmpty()) {
            return Optional.empty();
        }
        TestDatabase copy = subject.copy(reference);
        boolean ran =
                PlainRun.run(copy, subject.migration().down().get()).failure().isEmpty();
        return ran && hasOldShape(copy) ? Optional.of(copy) : Optional.empty();
    }

    private boolean hasOldShape(TestDatabase copy) {
        try (Session session = Sessions.open(copy)) {
            Catalog catalog = CatalogReader.read(session);
            return scope.oldTables().stream()
                    .allMatch(old -> catalog.table(old.name())
                            .filter(now -> TableRows.of(now)
                                    .columns()
                                    .containsAll(TableRows.of(old).columns()))
                            .isPresent());
        }
    }

    /**
     * The columns of the new version that no two plain runs fill alike.
     *
     * @param reference of the old version
     * @param first the up script on a copy of that
     */
    Map<Table, Set<String>> unforeseeable(TestDatabase reference, Session first) {
        Map<Table, Set<String>> columns = new HashMap<>();
        TestDatabase second = subject.copy(reference);
        if (PlainRun.run(second, subject.migration().up()).failure().isPresent()) {
            return columns;
        }
        try (Session other = Sessions.open(second)) {
            for (Table table : scope.newTables()) {
                Set<String> ofTable = new HashSet<>(drawn(table));
                TableRows shape = TableRows.of(table).without(ofTable);
                if (!shape.columns().isEmpty() && !shape.digest(first).equals(shape.digest(other))) {
                    ofTable.addAll(different(shape, first, other));
                }
                if (!ofTable.isEmpty()) {
                    columns.put(table, ofTable);
                }
            }
        }
        subject.drop(second);
        return columns;
    }

    private Set<String> drawn(Table table) {
        Set<String> drawn = new HashSet<>();
        for (Column column : table.userColumns()) {
            boolean old =
                    scope.ancestor(table).flatMap(t -> Scope.same(column, t)).isPresent();
            if (!old
                    && (column.isIdentity()
                            || column.ownedSequence().isPresent()
                            || column.defaultExpression()
                                    .filter(e -> e.contains("nextval("))
                                    .isPresent())) {
                drawn.add(column.name());
            }
        }
        return drawn;
    }

    private static Set<String> different(TableRows shape, Session first, Session second) {
        Set<String> columns = new HashSet<>();
        for (String column : shape.columns()) {
            TableRows alone = new TableRows(shape.name(), List.of(column), List.of());
            if (!alone.digest(first).equals(alone.digest(second))) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** All rows of a table in a database that nobody uses. */
    static SortedMap<String, Map<String, String>> rows(TestDatabase database, Table table) {
        try (Session session = Sessions.open(database)) {
            return TableRows.of(table).read(session);
        }
    }
}
