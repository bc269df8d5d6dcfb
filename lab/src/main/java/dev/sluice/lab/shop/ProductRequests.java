package dev.sluice.lab.shop;

import dev.sluice.lab.traffic.AppSession;
import dev.sluice.lab.traffic.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a version of the application does with products. */
final class ProductRequests {
    private static final long FIRST_OWN = 1_000_000_000;

    private final ShopVersion version;
    private final Ledger ledger;

    ProductRequests(ShopVersion version, Ledger ledger) {
        this.version = version;
        this.ledger = ledger;
    }

    void read(AppSession session, RandomGenerator random) throws SQLException {
        long id = any(random);
        long from = System.nanoTime();
        List<Row> rows = session.query("SELECT name, " + version.price() + " FROM products WHERE id = ?", id);
        Optional<ShopProduct> seen = rows.stream()
                .map(row -> new ShopProduct(row.text(0), cents(row, 1)))
                .findFirst();
        long to = System.nanoTime();
        History<ShopProduct> history = ledger.products().look(id);
        session.expect(history.allows(seen, from, to), () -> "product " + id + " is " + seen + ", allowed: " + history);
    }

    void changePrice(AppSession session, RandomGenerator random) throws SQLException {
        int cents = 1 + random.nextInt(5_000_000);
        write(
                session,
                any(random),
                product -> product.at(cents),
                (id, product) -> session.update(
                        "UPDATE products SET " + version.price() + " = ? WHERE id = ?", price(product), id));
    }

    /** Computes with the stored value. */
    void raisePrice(AppSession session, RandomGenerator random) throws SQLException {
        String raise = version.cents() ? "price_cents = price_cents + 7" : "price = price + 0.07";
        write(
                session,
                any(random),
                product -> product.at(product.cents() + 7),
                (id, product) -> session.update("UPDATE products SET " + raise + " WHERE id = ?", id));
    }

    void insert(AppSession session, RandomGenerator random) throws SQLException {
        long id = FIRST_OWN + ledger.number();
        ShopProduct product = new ShopProduct("own " + id, 1 + random.nextInt(100_000));
        put(session, id, product, "");
    }

    void upsert(AppSession session, RandomGenerator random) throws SQLException {
        long id = random.nextInt(3) == 0 ? FIRST_OWN + ledger.number() : any(random);
        int cents = 1 + random.nextInt(100_000);
        ShopProduct product = ledger.products()
                .look(id)
                .latest()
                .orElse(new ShopProduct("own " + id, cents))
                .at(cents);
        put(
                session,
                id,
                product,
                " ON CONFLICT (id) DO UPDATE SET " + version.price() + " = excluded." + version.price());
    }

    private void put(AppSession session, long id, ShopProduct product, String onConflict) throws SQLException {
        History<ShopProduct> history = ledger.products().open(id);
        ledger.writing(() -> UserRequests.inTurn(
                history,
                () -> history.write(Optional.of(product), () -> {
                    int written = session.update(
                            "INSERT INTO products (id, name, " + version.price() + ") VALUES (?, ?, ?)" + onConflict,
                            id,
                            product.name(),
                            price(product));
                    session.expect(written == 1, () -> "wrote " + written + " rows of product " + id);
                })));
    }

    private interface Change {
        ShopProduct of(ShopProduct product);
    }

    private interface Update {
        int run(long id, ShopProduct product) throws SQLException;
    }

    private void write(AppSession session, long id, Change change, Update update) throws SQLException {
        History<ShopProduct> history = ledger.products().open(id);
        ledger.writing(() -> UserRequests.inTurn(history, () -> {
            ShopProduct changed = change.of(history.latest().orElseThrow());
            history.write(Optional.of(changed), () -> {
                int updated = update.run(id, changed);
                session.expect(updated == 1, () -> "updated " + updated + " rows of product " + id);
            });
        }));
    }

    private int cents(Row row, int column) {
        return version.cents()
                ? (int) row.number(column)
                : row.decimal(column).movePointRight(2).intValueExact();
    }

    private Object price(ShopProduct product) {
        return version.cents() ? product.cents() : product.price();
    }

    private long any(RandomGenerator random) {
        long id = 1 + random.nextLong(ledger.data().products());
        Optional<Long> recent = random.nextInt(3) == 0 ? ledger.products().recent(random) : Optional.empty();
        return recent.filter(
                        candidate -> ledger.products().look(candidate).latest().isPresent())
                .orElse(id);
    }
}
