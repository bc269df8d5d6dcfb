package dev.sluice.lab.shop;

import dev.sluice.lab.traffic.AppSession;
import dev.sluice.lab.traffic.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a version of the application does with orders. Only users who keep their address have any. */
final class OrderRequests {
    private final ShopVersion version;
    private final Ledger ledger;

    OrderRequests(ShopVersion version, Ledger ledger) {
        this.version = version;
        this.ledger = ledger;
    }

    /** An order with its user and product: three tables, each in this version's shape. */
    void read(AppSession session, RandomGenerator random) throws SQLException {
        long id = any(random);
        long from = System.nanoTime();
        List<Row> rows = session.query(
                "SELECT u.id, o.product_id, o.quantity, o.status, extract(epoch FROM o.placed_at)::bigint, p."
                        + version.price() + ", u." + version.email() + ", u."
                        + version.name().replace(", ", ", u.")
                        + " FROM orders o JOIN users u ON " + userOfOrder()
                        + " JOIN products p ON p.id = o.product_id WHERE o.id = ?",
                id);
        Optional<ShopOrder> seen = rows.stream().map(OrderRequests::order).findFirst();
        long to = System.nanoTime();
        History<ShopOrder> history = ledger.orders().look(id);
        session.expect(history.allows(seen, from, to), () -> "order " + id + " is " + seen + ", allowed: " + history);
        if (seen.isPresent()) {
            ShopUser user = UserRequests.user(version, rows.get(0), 6);
            History<ShopUser> users = ledger.users().look(seen.get().userId());
            session.expect(users.allows(Optional.of(user), from, to), () -> "user is " + user + ", allowed: " + users);
        }
    }

    void listOfUser(AppSession session, RandomGenerator random) throws SQLException {
        long id = any(random);
        Optional<ShopOrder> known = ledger.orders().look(id).latest();
        if (known.isEmpty()) {
            return;
        }
        long user = known.get().userId();
        long from = System.nanoTime();
        List<Row> rows = version.userId()
                ? session.query("SELECT id FROM orders WHERE user_id = ? ORDER BY id", user)
                : session.query("SELECT id FROM orders WHERE user_email = ? ORDER BY id", emailOf(user));
        long to = System.nanoTime();
        History<ShopOrder> history = ledger.orders().look(id);
        session.expect(
                rows.stream().anyMatch(row -> row.number(0) == id) || !history.isStable(from, to),
                () -> "order " + id + " is not among those of user " + user + ": " + rows + ", but " + history);
    }

    void place(AppSession session, RandomGenerator random) throws SQLException {
        ShopOrder order = new ShopOrder(
                buyer(random),
                1 + random.nextLong(ledger.data().products()),
                1 + random.nextInt(9),
                "new",
                1_800_000_000L + ledger.number());
        ledger.writing(() -> {
            // the status comes from the column's default
            List<Row> rows = version.userId()
                    ? session.query(
                            "INSERT INTO orders (user_email, user_id, product_id, quantity, placed_at)"
                                    + " VALUES (?, ?, ?, ?, ?) RETURNING id, status",
                            emailOf(order.userId()),
                            order.userId(),
                            order.productId(),
                            order.quantity(),
                            order.placed())
                    : session.query(
                            "INSERT INTO orders (user_email, product_id, quantity, placed_at)"
                                    + " VALUES (?, ?, ?, ?) RETURNING id, status",
                            emailOf(order.userId()),
                            order.productId(),
                            order.quantity(),
                            order.placed());
            session.expect(
                    rows.size() == 1 && rows.get(0).text(1).equals(order.status()),
                    () -> "inserted " + order + ", returned " + rows);
            ledger.orders().added(rows.get(0).number(0), order);
        });
    }

    /** Two statements in one transaction. */
    void change(AppSession session, RandomGenerator random) throws SQLException {
        int quantity = 1 + random.nextInt(99);
        write(
                any(random),
                order -> order.with(quantity, "paid"),
                (id, order) -> session.transaction(() -> {
                    updated(
                            session,
                            id,
                            session.update("UPDATE orders SET quantity = ? WHERE id = ?", order.quantity(), id));
                    updated(
                            session,
                            id,
                            session.update("UPDATE orders SET status = ? WHERE id = ?", order.status(), id));
                }));
    }

    /** The order goes to another user: the column that {@code user_id} is made from changes. */
    void handOver(AppSession session, RandomGenerator random) throws SQLException {
        long user = buyer(random);
        write(
                any(random),
                order -> order.of(user),
                (id, order) -> updated(
                        session,
                        id,
                        version.userId()
                                ? session.update(
                                        "UPDATE orders SET user_email = ?, user_id = ? WHERE id = ?",
                                        emailOf(user),
                                        user,
                                        id)
                                : session.update("UPDATE orders SET user_email = ? WHERE id = ?", emailOf(user), id)));
    }

    void cancel(AppSession session, RandomGenerator random) throws SQLException {
        long id = any(random);
        History<ShopOrder> history = ledger.orders().open(id);
        ledger.writing(() -> UserRequests.inTurn(history, () -> {
            int expected = history.latest().isPresent() ? 1 : 0;
            history.write(Optional.empty(), () -> {
                int deleted = session.update("DELETE FROM orders WHERE id = ?", id);
                session.expect(deleted == expected, () -> "deleted " + deleted + " rows of order " + id);
            });
        }));
    }

    private interface Change {
        ShopOrder of(ShopOrder order);
    }

    private interface Update {
        void run(long id, ShopOrder order) throws SQLException;
    }

    private void write(long id, Change change, Update update) throws SQLException {
        History<ShopOrder> history = ledger.orders().open(id);
        ledger.writing(() -> UserRequests.inTurn(history, () -> {
            Optional<ShopOrder> now = history.latest();
            if (now.isPresent()) {
                ShopOrder changed = change.of(now.get());
                history.write(Optional.of(changed), () -> update.run(id, changed));
            }
        }));
    }

    private static void updated(AppSession session, long id, int rows) {
        session.expect(rows == 1, () -> "updated " + rows + " rows of order " + id);
    }

    private String userOfOrder() {
        return version.userId() ? "u.id = o.user_id" : "u." + version.email() + " = o.user_email";
    }

    private static ShopOrder order(Row row) {
        return new ShopOrder(row.number(0), row.number(1), (int) row.number(2), row.text(3), row.number(4));
    }

    private String emailOf(long user) {
        return ledger.data().user(user).email();
    }

    private long any(RandomGenerator random) {
        long id = 1 + random.nextLong(ledger.data().orders());
        return random.nextInt(3) == 0 ? ledger.orders().recent(random).orElse(id) : id;
    }

    private long buyer(RandomGenerator random) {
        return ShopData.buyer(1 + random.nextLong(ledger.data().users()));
    }
}
