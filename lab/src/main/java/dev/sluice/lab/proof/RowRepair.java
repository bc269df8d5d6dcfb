package dev.sluice.lab.proof;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.ServerError;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import dev.sluice.parser.PgParser;
import dev.sluice.planner.Mentions;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes rows such that a plain script works on them: deletes exactly the rows in the way where the error tells them, else
 * half of the rows at a time, so that what is left is little but not nothing.
 */
public final class RowRepair {

    private static final int EXACT_TRIES = 5;

    /** Half of a thousand rows ten times is one row; then the tables are emptied. */
    private static final int HALVINGS = 10;

    /** How far rows are followed that refer to rows that refer to rows. */
    private static final int REFERENCES = 4;

    private static final Pattern NULLS = Pattern.compile("column \"(.+)\" of relation \".+\" contains null values");
    private static final Pattern DUPLICATES = Pattern.compile("Key \\((.+?)\\)=\\(.*\\) is duplicated\\.");

    private final ProofDatabases databases;
    private final TestDatabase database;
    private final Migration migration;

    public RowRepair(ProofDatabases databases, TestDatabase database, Migration migration) {
        this.databases = databases;
        this.database = database;
        this.migration = migration;
    }

    /** @return what was done; empty when the script fails on empty tables too */
    public Optional<String> run(DatabaseException first) {
        Optional<DatabaseException> failure = Optional.of(first);
        for (int i = 0; i < EXACT_TRIES && failure.isPresent(); i++) {
            if (!exact(failure.get())) {
                break;
            }
            failure = failure();
        }
        if (failure.isEmpty()) {
            return Optional.of("the rows in the way were deleted or filled");
        }
        Set<QualifiedName> tables = tables(failure.get());
        String names = tables.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
        for (int i = 1; i <= HALVINGS; i++) {
            tables.forEach(this::halve);
            if (failure().isEmpty()) {
                return Optional.of(names + " reduced to 1/" + (1 << i));
            }
        }
        // the rows that offend may come from tables that the error does not name
        tables.addAll(mentioned());
        tables.forEach(table -> tried("TRUNCATE " + table.quoted() + " CASCADE"));
        return failure().isEmpty() ? Optional.of("all tables of the script emptied") : Optional.empty();
    }

    /** How the script fails now; on a copy, because one that runs statement by statement leaves half of itself behind. */
    private Optional<DatabaseException> failure() {
        TestDatabase copy = databases.copy(database);
        try {
            return PlainRun.run(copy, migration.up()).failure();
        } finally {
            databases.drop(copy);
        }
    }

    /** Gets the rows that the error tells of out of the way. */
    private boolean exact(DatabaseException failure) {
        ServerError error = failure.error();
        Optional<QualifiedName> named =
                error.table().flatMap(name -> named(name).stream().findFirst());
        if (named.isEmpty()) {
            return false;
        }
        QualifiedName name = named.get();
        String table = name.quoted();
        Matcher nulls = NULLS.matcher(error.message());
        if (nulls.matches()) {
            String column = Identifier.quote(nulls.group(1));
            return deleted(name, column + " IS NULL")
                    || tried("UPDATE " + table + " SET " + column + " = (SELECT " + column + " FROM " + table
                            + " WHERE " + column + " IS NOT NULL LIMIT 1) WHERE " + column + " IS NULL");
        }
        Matcher duplicates = DUPLICATES.matcher(error.detail().orElse(""));
        return duplicates.matches()
                && deleted(
                        name, "ctid NOT IN (SELECT min(ctid) FROM " + table + " GROUP BY " + duplicates.group(1) + ")");
    }

    private void halve(QualifiedName table) {
        if (!deleted(
                table,
                "ctid IN (SELECT ctid FROM (SELECT ctid, row_number() OVER (ORDER BY ctid) AS n FROM " + table.quoted()
                        + ") r WHERE n % 2 = 0)")) {
            tried("TRUNCATE " + table.quoted() + " CASCADE");
        }
    }

    /** Deletes these rows, and those that refer to them. */
    private boolean deleted(QualifiedName table, String condition) {
        try (Session session = Comparison.session(database)) {
            Catalog catalog = CatalogReader.read(session);
            session.inTransaction(() -> delete(session, catalog, table, condition, REFERENCES));
            return true;
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            return false;
        }
    }

    private static void delete(Session session, Catalog catalog, QualifiedName table, String condition, int depth) {
        String rows = " FROM " + table.quoted() + " WHERE " + condition;
        if (depth == 0 || !session.isTrue("SELECT EXISTS (SELECT" + rows + ")")) {
            return;
        }
        for (Catalog.IncomingForeignKey incoming : catalog.foreignKeysTo(table)) {
            Constraint key = incoming.constraint();
            String those = "(" + quoted(key.columns()) + ") IN (SELECT "
                    + quoted(key.foreignKey().orElseThrow().columns()) + rows + ")";
            delete(session, catalog, incoming.table().name(), those, depth - 1);
        }
        session.execute("DELETE" + rows);
    }

    private static String quoted(List<String> columns) {
        return columns.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }

    /** Constraints and triggers may forbid a repair. */
    private boolean tried(String sql) {
        try (Session session = Comparison.session(database)) {
            session.execute(sql);
            return true;
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            return false;
        }
    }

    /** The table that the error names, else all that the script names. */
    private Set<QualifiedName> tables(DatabaseException failure) {
        Set<QualifiedName> tables = failure.error().table().map(this::named).orElseGet(TreeSet::new);
        return tables.isEmpty() ? mentioned() : tables;
    }

    private Set<QualifiedName> mentioned() {
        Catalog catalog = Comparison.catalog(database);
        try (PgParser parser = new PgParser()) {
            var up = migration.up();
            return Script.parse(parser, up.source(), up.startOffset(), up.endOffset()).statements().stream()
                    .flatMap(statement -> Mentions.of(statement).stream())
                    .flatMap(name ->
                            name.resolve(catalog, table -> catalog.table(table).isPresent()).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Set<QualifiedName> named(String name) {
        try (Session session = Comparison.session(database)) {
            Stream<QualifiedName> all = CatalogReader.read(session).tables().keySet().stream();
            return all.filter(table -> table.name().equals(name)).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
