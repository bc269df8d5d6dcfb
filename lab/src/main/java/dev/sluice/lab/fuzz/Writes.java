package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A statement of an application, in the shape before or after the migration. Tried out and rolled back. */
record Writes(String sql) {

    private static final int FROM = 301;
    private static final int UPDATED = 309;
    private static final int COLUMNS = 3;

    /** In the shape before the migration: rows like those that are there. */
    static List<Writes> old(Scenario scenario) {
        List<Writes> writes = new ArrayList<>();
        for (FuzzTable table : scenario.tables()) {
            String name = table.name().quoted();
            writes.add(new Writes(table.insert(FROM, FROM)));
            writes.add(new Writes(table.insert(FROM + 1, FROM + 2)));
            table.columns().stream()
                    .filter(c -> c.value().isPresent())
                    .limit(COLUMNS)
                    .forEach(c -> writes.add(update(name, c.name(), c.value().orElseThrow())));
        }
        return writes;
    }

    /** In the shape that this catalog describes. */
    static List<Writes> fresh(Catalog catalog) {
        List<Writes> writes = new ArrayList<>();
        for (Table table : catalog.tables().values()) {
            String name = table.name().quoted();
            Rows.insert(catalog, table, name, FROM, FROM, false).ifPresent(sql -> writes.add(new Writes(sql)));
            table.columns().stream()
                    .filter(c -> Draw.writable(c) && !Draw.isKey(table, c))
                    .limit(COLUMNS)
                    .forEach((Column c) -> Values.of(c.type(), catalog, "i")
                            .ifPresent(value -> writes.add(update(name, c.name(), value))));
            table.columns().stream()
                    .filter(c -> Draw.writable(c)
                            && !Draw.isKey(table, c)
                            && c.defaultExpression().filter(Writes::isConstant).isPresent())
                    .limit(COLUMNS)
                    .forEach(c -> writes.add(update(name, c.name())));
        }
        return writes;
    }

    /** A view has no ctid, so the row is found by the column's own value. */
    private static Writes update(String table, String column, String value) {
        String name = Identifier.quote(column);
        return new Writes("UPDATE " + table + " SET " + name + " = (SELECT " + value + " FROM generate_series("
                + UPDATED + ", " + UPDATED + ") i) WHERE " + name + "::text = (SELECT min(" + name + "::text) FROM "
                + table + ")");
    }

    /** Others are defaults that a column under its new name has only after contract, as the plan says. */
    private static boolean isConstant(String expression) {
        return !expression.contains("nextval(") && !expression.contains("random") && !expression.contains("clock_");
    }

    /** Back to the default: a view has one of its own. */
    private static Writes update(String table, String column) {
        return new Writes("UPDATE " + table + " SET " + Identifier.quote(column) + " = DEFAULT");
    }

    /**
     * Those that work there, and once more: the others are no statements of that version, or they work for the number alone that a
     * sequence has just given.
     */
    static List<Writes> working(PooledDatabase database, List<Writes> writes) {
        try (Session session = database.session("test")) {
            return writes.stream()
                    .filter(write -> Stream.of(1, 2)
                            .allMatch(time -> write.failure(session).isEmpty()))
                    .toList();
        }
    }

    /** Those that fail there because a row that they change is referred to. */
    static List<Writes> refusedForReferences(PooledDatabase database, List<Writes> writes) {
        try (Session session = database.session("test")) {
            return writes.stream()
                    .filter(write -> write.failure(session)
                            .filter(e -> e.sqlState().equals("23503"))
                            .isPresent())
                    .toList();
        }
    }

    /**
     * What fails there, although it is known to work on its own schema.
     *
     * @param shape the schema of that version
     */
    static Optional<String> failures(PooledDatabase database, List<Writes> writes, Catalog shape) {
        try (Session session = database.session("test")) {
            return writes.stream()
                    .flatMap(
                            write -> write
                                    .failure(session)
                                    .filter(e -> !mayFail(e, shape))
                                    .map(DatabaseException::getMessage)
                                    .stream())
                    .findFirst();
        }
    }

    /**
     * While both versions run, each has the other's limits: what fits no longer, or breaks a constraint that this version
     * does not have.
     */
    private static boolean mayFail(DatabaseException e, Catalog shape) {
        if (e.sqlState().equals("22001") || e.sqlState().equals("22003")) {
            return true;
        }
        if (!e.sqlState().equals("23503")
                && !e.sqlState().equals("23505")
                && !e.sqlState().equals("23514")) {
            return false;
        }
        String message = String.valueOf(e.getMessage());
        return shape.tables().values().stream()
                .flatMap(t -> t.constraints().stream())
                .noneMatch(c -> message.contains("\"" + c.name() + "\""));
    }

    private Optional<DatabaseException> failure(Session session) {
        try {
            session.execute("BEGIN; " + sql + "; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK");
            return Optional.empty();
        } catch (DatabaseException e) {
            session.execute("ROLLBACK");
            return Optional.of(e);
        }
    }
}
