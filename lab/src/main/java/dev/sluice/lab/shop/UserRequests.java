package dev.sluice.lab.shop;

import dev.sluice.lab.traffic.AppSession;
import dev.sluice.lab.traffic.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a version of the application does with users. */
final class UserRequests {
    private final ShopVersion version;
    private final Ledger ledger;
    private final String columns;

    UserRequests(ShopVersion version, Ledger ledger) {
        this.version = version;
        this.ledger = ledger;
        columns = version.email() + ", " + version.name();
    }

    void readById(AppSession session, RandomGenerator random) throws SQLException {
        long id = anyone(random);
        long from = System.nanoTime();
        List<Row> rows = session.query("SELECT " + columns + " FROM users WHERE id = ?", id);
        check(session, id, rows.stream().map(row -> user(row, 0)).findFirst(), from);
    }

    void readByEmail(AppSession session, RandomGenerator random) throws SQLException {
        long id = anyone(random);
        Optional<ShopUser> known = ledger.users().look(id).latest();
        String email = known.map(ShopUser::email).orElse("nobody@shop.example");
        long from = System.nanoTime();
        List<Row> rows =
                session.query("SELECT " + columns + ", id FROM users WHERE " + version.email() + " = ?", email);
        long to = System.nanoTime();
        session.expect(rows.size() <= 1, () -> "two users with the address " + email + ": " + rows);
        if (rows.isEmpty()) {
            session.expect(
                    known.isEmpty() || !ledger.users().look(id).isStable(from, to),
                    () -> "no user with the address " + email + ", but "
                            + ledger.users().look(id));
        } else {
            check(
                    session,
                    rows.get(0).number(rows.get(0).values().size() - 1),
                    Optional.of(user(rows.get(0), 0)),
                    from);
        }
    }

    void register(AppSession session, RandomGenerator random) throws SQLException {
        ShopUser user = someoneNew(random);
        ledger.writing(() -> {
            List<Row> rows = session.query(
                    "INSERT INTO users (" + columns + ") VALUES (" + places() + ") RETURNING id, " + columns,
                    values(user));
            session.expect(
                    rows.size() == 1 && user(rows.get(0), 1).equals(user),
                    () -> "inserted " + user + ", returned " + rows);
            ledger.users().added(rows.get(0).number(0), user);
        });
    }

    void registerWithoutReturning(AppSession session, RandomGenerator random) throws SQLException {
        ShopUser user = someoneNew(random);
        ledger.writing(() -> {
            int inserted =
                    session.update("INSERT INTO users (" + columns + ") VALUES (" + places() + ")", values(user));
            session.expect(inserted == 1, () -> "inserted " + inserted + " rows for " + user);
            List<Row> rows = session.query(
                    "SELECT " + columns + ", id FROM users WHERE " + version.email() + " = ?", user.email());
            session.expect(
                    rows.size() == 1 && user(rows.get(0), 0).equals(user), () -> "wrote " + user + ", read " + rows);
            ledger.users().added(rows.get(0).number(rows.get(0).values().size() - 1), user);
        });
    }

    /** ON CONFLICT DO NOTHING names no key, so it works with whatever unique indexes there are. */
    void registerUnlessKnown(AppSession session, RandomGenerator random) throws SQLException {
        boolean isKnown = random.nextBoolean();
        ShopUser fresh = someoneNew(random);
        ShopUser user =
                isKnown ? fresh.mailedAt(ledger.data().user(buyer(random)).email()) : fresh;
        ledger.writing(() -> {
            List<Row> rows = session.query(
                    "INSERT INTO users (" + columns + ") VALUES (" + places() + ") ON CONFLICT DO NOTHING RETURNING id",
                    values(user));
            session.expect(rows.size() == (isKnown ? 0 : 1), () -> "inserted " + rows.size() + " rows for " + user);
            if (!isKnown) {
                ledger.users().added(rows.get(0).number(0), user);
            }
        });
    }

    void changeName(AppSession session, RandomGenerator random) throws SQLException {
        String first = ledger.data().user(random.nextInt(1000)).first();
        String last = ledger.data().user(random.nextInt(1000)).last() + "-" + ledger.number();
        change(
                session,
                anyone(random),
                user -> user.named(first, last),
                (id, user) -> version.fullName()
                        ? session.update("UPDATE users SET full_name = ? WHERE id = ?", user.fullName(), id)
                        : session.update(
                                "UPDATE users SET first_name = ?, last_name = ? WHERE id = ?",
                                user.first(),
                                user.last(),
                                id));
    }

    /** The old versions write one of the two columns that become one. */
    void changeLastName(AppSession session, RandomGenerator random) throws SQLException {
        String last = "van der " + ledger.number();
        change(
                session,
                anyone(random),
                user -> user.named(user.first(), last),
                (id, user) -> version.fullName()
                        ? session.update("UPDATE users SET full_name = ? WHERE id = ?", user.fullName(), id)
                        : session.update("UPDATE users SET last_name = ? WHERE id = ?", user.last(), id));
    }

    void changeEmail(AppSession session, RandomGenerator random) throws SQLException {
        String email = "changed" + ledger.number() + "@mail.example";
        change(
                session,
                someoneWithoutOrders(random),
                user -> user.mailedAt(email),
                (id, user) ->
                        session.update("UPDATE users SET " + version.email() + " = ? WHERE id = ?", user.email(), id));
    }

    /** Counts in the database, so versions may race for the same row; the sum must be right in the end. */
    void visit(AppSession session, RandomGenerator random) throws SQLException {
        long id = random.nextInt(4) == 0 ? 1 + random.nextInt(9) : buyer(random);
        ledger.writing(() -> {
            int updated = session.update("UPDATE users SET visits = visits + 1 WHERE id = ?", id);
            session.expect(updated == 1, () -> "updated " + updated + " rows of user " + id);
            ledger.visited(id);
        });
    }

    void delete(AppSession session, RandomGenerator random) throws SQLException {
        long id = someoneWithoutOrders(random);
        History<ShopUser> history = ledger.users().open(id);
        ledger.writing(() -> inTurn(history, () -> {
            int expected = history.latest().isPresent() ? 1 : 0;
            history.write(Optional.empty(), () -> {
                int deleted = session.update("DELETE FROM users WHERE id = ?", id);
                session.expect(deleted == expected, () -> "deleted " + deleted + " rows of user " + id);
            });
        }));
    }

    private interface Change {
        ShopUser of(ShopUser user);
    }

    private interface Update {
        int run(long id, ShopUser user) throws SQLException;
    }

    private void change(AppSession session, long id, Change change, Update update) throws SQLException {
        History<ShopUser> history = ledger.users().open(id);
        ledger.writing(() -> inTurn(history, () -> {
            Optional<ShopUser> now = history.latest();
            if (now.isPresent()) {
                ShopUser changed = change.of(now.get());
                history.write(Optional.of(changed), () -> {
                    int updated = update.run(id, changed);
                    session.expect(updated == 1, () -> "updated " + updated + " rows of user " + id);
                });
            }
        }));
    }

    static <T> void inTurn(History<T> history, History.Write work) throws SQLException {
        history.takeTurn();
        try {
            work.run();
        } finally {
            history.endTurn();
        }
    }

    private void check(AppSession session, long id, Optional<ShopUser> seen, long from) {
        long to = System.nanoTime();
        History<ShopUser> history = ledger.users().look(id);
        session.expect(history.allows(seen, from, to), () -> "user " + id + " is " + seen + ", allowed: " + history);
    }

    /** @param column of the address; the name follows */
    private ShopUser user(Row row, int column) {
        return user(version, row, column);
    }

    static ShopUser user(ShopVersion version, Row row, int column) {
        String email = row.text(column);
        if (version.fullName()) {
            String name = row.text(column + 1);
            int space = name.indexOf(' ');
            return new ShopUser(name.substring(0, Math.max(0, space)), name.substring(space + 1), email);
        }
        return new ShopUser(row.text(column + 1), row.text(column + 2), email);
    }

    private String places() {
        return version.fullName() ? "?, ?" : "?, ?, ?";
    }

    private Object[] values(ShopUser user) {
        return version.fullName()
                ? new Object[] {user.email(), user.fullName()}
                : new Object[] {user.email(), user.first(), user.last()};
    }

    private ShopUser someoneNew(RandomGenerator random) {
        long number = ledger.number();
        return new ShopUser(
                ledger.data().user(random.nextInt(1000)).first(), "New " + number, "new" + number + "@mail.example");
    }

    /** Often somebody another request has just written. */
    private long anyone(RandomGenerator random) {
        long id = 1 + random.nextLong(ledger.data().users());
        return random.nextInt(3) == 0 ? ledger.users().recent(random).orElse(id) : id;
    }

    private long buyer(RandomGenerator random) {
        return ShopData.buyer(1 + random.nextLong(ledger.data().users()));
    }

    private long someoneWithoutOrders(RandomGenerator random) {
        long id = anyone(random);
        return id > ledger.data().users() ? id : Math.max(10, id - id % 10);
    }
}
