package dev.sluice.lab.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The rows a shop starts with, as formulas of their number: in Java for the application's expectations, in SQL to make
 * them fast. A test compares the two row by row.
 *
 * <p>Orders come roughly in the order in which their users joined, as in a shop that grows. Every tenth user has none: such a user may change the
 * email address or go away.
 *
 * @param users how many, numbered from 1
 * @param orders how many, numbered from 1
 */
public record ShopData(long users, long orders) {
    private static final String[] FIRST = {
        "Ada", "Grace", "Zoë", "Linus", "Margaret", "Edsger", "Barbara", "Ken", "Frances", "Dennis", "Radia", "Tony"
    };
    private static final String[] LAST = {
        "Lovelace",
        "Hopper",
        "Müller",
        "O'Neil",
        "van der Berg",
        "Dijkstra",
        "Liskov",
        "de la Cruz",
        "Allen",
        "Ritchie",
        "Perlman",
        "Hoare",
        "Nguyễn"
    };
    private static final String[] STATUS = {"new", "paid", "shipped", "done"};
    private static final long FIRST_ORDER_AT = 1_767_225_600;

    public ShopData {
        if (users < 100 || orders < 1) {
            throw new IllegalArgumentException(
                    "a shop needs at least 100 users and an order: " + users + ", " + orders);
        }
    }

    /** A shop with as many users as orders. */
    public static ShopData ofSize(long rows) {
        return new ShopData(rows, rows);
    }

    /** One product for every hundred users. */
    public long products() {
        return Math.max(10, users / 100);
    }

    public long rows() {
        return users + orders + products();
    }

    ShopUser user(long id) {
        return new ShopUser(
                FIRST[(int) (id % FIRST.length)], LAST[(int) (id % LAST.length)], "user" + id + "@shop.example");
    }

    ShopProduct product(long id) {
        return new ShopProduct("product " + id, (int) (99 + id * 37 % 100_000));
    }

    ShopOrder order(long id) {
        return new ShopOrder(
                buyer(1 + (id + id * 7919 % 1000) % users),
                1 + id % products(),
                (int) (1 + id % 5),
                STATUS[(int) (id % STATUS.length)],
                FIRST_ORDER_AT + id);
    }

    /** Whether the user has no orders, now or ever. */
    static boolean isWithoutOrders(long userId) {
        return userId % 10 == 0;
    }

    /** The user, or a neighbour, who may have orders. */
    static long buyer(long userId) {
        return isWithoutOrders(userId) ? userId - 1 : userId;
    }

    /** Makes the tables as they are before any migration, with their rows. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ShopSchema.tables(""));
            statement.execute("INSERT INTO users (id, first_name, last_name, email, visits) " + usersQuery());
            statement.execute("INSERT INTO products (id, name, price) " + productsQuery());
            statement.execute(
                    "INSERT INTO orders (id, user_email, product_id, quantity, status, placed_at) " + ordersQuery());
            statement.execute(ShopSchema.keys());
            statement.execute("SELECT setval(pg_get_serial_sequence('users', 'id'), " + (users + 1_000_000) + "),"
                    + " setval(pg_get_serial_sequence('orders', 'id'), " + (orders + 1_000_000) + ")");
            statement.execute("VACUUM (ANALYZE, FREEZE) users, products, orders");
        }
    }

    String usersQuery() {
        return "SELECT i, (" + array(FIRST) + ")[1 + i % " + FIRST.length + "], (" + array(LAST) + ")[1 + i % "
                + LAST.length + "], 'user' || i || '@shop.example', 0 FROM generate_series(1, " + users + "::bigint) i";
    }

    String productsQuery() {
        return "SELECT i, 'product ' || i, (99 + i * 37 % 100000) / 100.0 FROM generate_series(1, " + products()
                + "::bigint) i";
    }

    String ordersQuery() {
        return """
                SELECT i, 'user' || CASE WHEN u %% 10 = 0 THEN u - 1 ELSE u END || '@shop.example',
                       1 + i %% %d, 1 + i %% 5, (%s)[1 + i %% %d], to_timestamp(%d + i)
                FROM (SELECT i, 1 + (i + i * 7919 %% 1000) %% %d AS u FROM generate_series(1, %d::bigint) i) o""".formatted(products(), array(STATUS), STATUS.length, FIRST_ORDER_AT, users, orders);
    }

    private static String array(String... values) {
        StringBuilder text = new StringBuilder("ARRAY[");
        for (String value : values) {
            text.append(text.length() > 6 ? ", " : "")
                    .append('\'')
                    .append(value.replace("'", "''"))
                    .append('\'');
        }
        return text.append(']').toString();
    }
}
