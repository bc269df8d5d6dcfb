package dev.sluice.lab.shop;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares every row of the shop with what it must be. The expectation does not come from the shop's tables: it is built
 * anew from the formulas and the ledger, in temporary tables of the oldest shape, and the migrations' scripts are run on
 * those as they are written. Values are compared by image, so 1.5 is not 1.50.
 *
 * <p>It sees one snapshot, taken between two writes of the applications, which go on meanwhile.
 */
public final class ShopAudit {
    private static final int EXAMPLES = 5;

    private final ConnectionSource source;
    private final Ledger ledger;

    public ShopAudit(ConnectionSource source, Ledger ledger) {
        this.source = requireNonNull(source);
        this.ledger = requireNonNull(ledger);
    }

    /**
     * Compares.
     *
     * @param plainScripts up scripts of the migrations that have happened, in their order
     */
    public AuditReport compare(List<String> plainScripts) throws SQLException {
        try (Connection connection = source.open()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET application_name = 'shop audit'");
                statement.execute("SET temp_buffers = '128MB'");
                statement.execute("SET work_mem = '128MB'");
                statement.execute("SET maintenance_work_mem = '128MB'");
            }
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                Ledger.Snapshot snapshot = ledger.snapshot(() -> statement.execute("SELECT 1"));
                expect(connection, statement, snapshot);
                for (String script : plainScripts) {
                    statement.execute(script);
                }
                return compareTables(statement);
            } finally {
                connection.rollback();
            }
        }
    }

    private void expect(Connection connection, Statement statement, Ledger.Snapshot snapshot) throws SQLException {
        ShopData data = ledger.data();
        statement.execute(ShopSchema.tables("TEMPORARY "));
        statement.execute(
                "CREATE TEMPORARY TABLE touched (kind text, id bigint); CREATE TEMPORARY TABLE visited (id bigint, n integer)");
        RowBatch touched = new RowBatch();
        snapshot.users().keySet().forEach(id -> touched.row("u", id));
        snapshot.products().keySet().forEach(id -> touched.row("p", id));
        snapshot.orders().keySet().forEach(id -> touched.row("o", id));
        touched.insertInto("touched", connection, "kind text", "id bigint");
        RowBatch visited = new RowBatch();
        snapshot.visits().forEach(visited::row);
        visited.insertInto("visited", connection, "id bigint", "n integer");

        fill(statement, "users", "u", data.usersQuery());
        RowBatch users = new RowBatch();
        snapshot.users().forEach((id, user) -> user.ifPresent(u -> users.row(id, u.first(), u.last(), u.email(), 0)));
        users.insertInto(
                "users", connection, "id bigint", "first_name text", "last_name text", "email text", "visits integer");
        statement.execute("UPDATE users SET visits = v.n FROM visited v WHERE v.id = users.id");

        fill(statement, "products", "p", data.productsQuery());
        RowBatch products = new RowBatch();
        snapshot.products().forEach((id, product) -> product.ifPresent(p -> products.row(id, p.name(), p.price())));
        products.insertInto("products", connection, "id bigint", "name text", "price numeric");

        fill(statement, "orders", "o", data.ordersQuery());
        RowBatch orders = new RowBatch();
        snapshot.orders()
                .forEach((id, order) -> order.ifPresent(o -> orders.row(
                        id, data.user(o.userId()).email(), o.productId(), o.quantity(), o.status(), o.placed())));
        orders.insertInto(
                "orders",
                connection,
                "id bigint",
                "user_email text",
                "product_id bigint",
                "quantity integer",
                "status text",
                "placed_at timestamptz");
        // a script's foreign key needs it
        statement.execute("ALTER TABLE users ADD PRIMARY KEY (id)");
        statement.execute("ANALYZE users; ANALYZE orders");
    }

    /** The untouched rows; the queries give the columns in the tables' order. */
    private static void fill(Statement statement, String table, String kind, String query) throws SQLException {
        statement.execute("INSERT INTO " + table + " SELECT q.* FROM (" + query + ") q (id)"
                + " WHERE NOT EXISTS (SELECT FROM touched t WHERE t.kind = '" + kind + "' AND t.id = q.id)");
    }

    private static AuditReport compareTables(Statement statement) throws SQLException {
        long compared = 0;
        long unequal = 0;
        List<String> examples = new ArrayList<>();
        for (String table : List.of("users", "products", "orders")) {
            List<String> columns = columns(statement, table);
            Optional<String> missing = missing(statement, table);
            if (missing.isPresent()) {
                examples.add(missing.get());
                unequal++;
                continue;
            }
            String rows = " FROM pg_temp." + table + " e FULL JOIN public." + table + " f USING (id)";
            String differs = "e.tableoid IS NULL OR f.tableoid IS NULL OR NOT record_image_eq(ROW("
                    + prefixed("e.", columns) + "), ROW(" + prefixed("f.", columns) + "))";
            long wrong;
            try (ResultSet counts =
                    statement.executeQuery("SELECT count(*), count(*) FILTER (WHERE " + differs + ")" + rows)) {
                counts.next();
                compared += counts.getLong(1);
                wrong = counts.getLong(2);
                unequal += wrong;
            }
            if (wrong > 0) {
                examples(statement, table, "SELECT to_jsonb(e), to_jsonb(f)" + rows + " WHERE " + differs, examples);
            }
        }
        return new AuditReport(compared, unequal, examples);
    }

    private static void examples(Statement statement, String table, String query, List<String> examples)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(query + " LIMIT " + EXAMPLES)) {
            while (rows.next()) {
                examples.add(table + ": expected " + rows.getString(1) + ", found " + rows.getString(2));
            }
        }
    }

    private static List<String> columns(Statement statement, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT quote_ident(attname) FROM pg_attribute"
                + " WHERE attrelid = 'pg_temp." + table + "'::regclass AND attnum > 0 AND NOT attisdropped"
                + " ORDER BY attnum")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    /** A column of the expectation that the shop does not have, or has with another type. */
    private static Optional<String> missing(Statement statement, String table) throws SQLException {
        String shape = "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute" + " WHERE attrelid = '%s."
                + table + "'::regclass AND attnum > 0 AND NOT attisdropped";
        try (ResultSet rows = statement.executeQuery(
                "(" + shape.formatted("pg_temp") + ") EXCEPT (" + shape.formatted("public") + ")")) {
            return rows.next()
                    ? Optional.of(table + " must have the column " + rows.getString(1) + " " + rows.getString(2))
                    : Optional.empty();
        }
    }

    private static String prefixed(String prefix, List<String> columns) {
        return prefix + String.join(", " + prefix, columns);
    }
}
