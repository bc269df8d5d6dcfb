package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Table;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.proof.Check;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** One version at work on the planned database and on its reference. For one thread. */
final class Writing {

    private static final int ROUNDS = 3;

    private final String version;
    private final Twins twins;
    private final Statements statements;
    private final Promise promise;
    private final List<Table> tables;
    private final Findings findings;
    private long right;
    private long notPromised;

    /** @param version as reports call it: {@code old version} */
    Writing(
            String version,
            Twins twins,
            Statements statements,
            Promise promise,
            List<Table> tables,
            Findings findings) {
        this.version = version;
        this.twins = twins;
        this.statements = statements;
        this.promise = promise;
        this.tables = List.copyOf(tables);
        this.findings = findings;
    }

    Session reference() {
        return twins.reference();
    }

    /** Sends statements. */
    void write(String when, Promise.Stage stage, Set<QualifiedName> untouchable) {
        for (int i = 0; i < statements.count() && !findings.isFull(); i++) {
            Optional<VersionStatement> statement = statements.next(untouchable);
            if (statement.isPresent()) {
                send(when, stage, statement.get());
            }
        }
    }

    /** Sends more of them: in this state both versions work for as long as a deploy takes, or the doubt behind it. */
    void writeLong(String when, Promise.Stage stage, Set<QualifiedName> untouchable) {
        for (int round = 0; round < ROUNDS; round++) {
            write(when, stage, untouchable);
        }
    }

    void send(String when, Promise.Stage stage, VersionStatement statement) {
        Twins.Attempt attempt = twins.run(statement, promise.stays(stage, statement));
        if (statements.isSupplied() && attempt.expected().sqlState().startsWith("42")) {
            findings.checked();
            findings.wrong(
                    Check.OWN_SCHEMA,
                    when,
                    version + ": " + statement.sql(),
                    "result on a database with this version's schema",
                    "works",
                    attempt.expected().toString());
            return;
        }
        switch (promise.judge(stage, statement, attempt.expected(), attempt.actual())) {
            case RIGHT -> {
                right++;
                findings.checked();
            }
            case NOT_PROMISED -> notPromised++;
            case WRONG -> {
                findings.checked();
                findings.wrong(
                        Check.RESULT,
                        when,
                        version + ": " + statement.sql(),
                        "result",
                        attempt.expected().toString(),
                        attempt.actual().toString());
            }
        }
    }

    /** Compares the rows that this version sees. */
    void compare(String when, Set<QualifiedName> untouchable) {
        for (Table table : tables) {
            if (!untouchable.contains(table.name())) {
                compare(when, table, Set.of());
            }
        }
    }

    /** Whether it sees the same rows on both. */
    boolean sees(Table table) {
        TableRows shape = TableRows.of(table);
        try {
            return shape.digest(twins.reference()).equals(shape.digest(twins.planned()));
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            return false;
        }
    }

    /** Compares one table's rows; columns with unforeseeable values are left out. */
    void compare(String when, Table table, Set<String> ignored) {
        TableRows shape = TableRows.of(table).without(ignored);
        try {
            if (shape.columns().isEmpty() || shape.digest(twins.reference()).equals(shape.digest(twins.planned()))) {
                return;
            }
            difference(when, table, shape.read(twins.reference()), shape.read(twins.planned()));
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            findings.wrong(
                    Check.READABLE,
                    when,
                    version + ": table " + table.name(),
                    "readable",
                    "yes",
                    e.error().message());
        }
    }

    private void difference(
            String when,
            Table table,
            SortedMap<String, Map<String, String>> expected,
            SortedMap<String, Map<String, String>> actual) {
        Set<String> ids = new TreeSet<>(expected.keySet());
        ids.addAll(actual.keySet());
        for (String id : ids) {
            String object = version + ": row " + id + " of " + table.name();
            Map<String, String> is = actual.get(id);
            Map<String, String> wanted = expected.get(id);
            if (is == null || wanted == null) {
                findings.wrong(
                        Check.READ,
                        when,
                        object,
                        "existence",
                        wanted == null ? "" : wanted.toString(),
                        is == null ? "" : is.toString());
                continue;
            }
            wanted.forEach((column, value) -> {
                String other = String.valueOf(is.get(column));
                if (!Moments.same(other, value)) {
                    findings.wrong(Check.READ, when, object, column, value, other);
                }
            });
        }
    }

    /** Everything that was tried was rejected: the version does not work, whatever the excuse. */
    void checkThatSomethingWorked(String when) {
        if (right == 0 && notPromised >= 5) {
            findings.wrong(
                    Check.SOMETHING_WORKS,
                    when,
                    version,
                    "statements",
                    "work",
                    "none of " + notPromised + " statements works as on a database with this version's schema");
        }
    }
}
