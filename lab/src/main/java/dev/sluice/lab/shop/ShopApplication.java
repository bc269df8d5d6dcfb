package dev.sluice.lab.shop;

import static java.util.Objects.requireNonNull;

import dev.sluice.lab.traffic.AppSession;
import dev.sluice.lab.traffic.Application;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One version of the shop's application: reads and writes users, products and orders in its own shape, and checks every
 * answer against the ledger. What this version wrote must come back as it was, and what another version wrote must come
 * back as its translation. Thread-safe; several versions may share a ledger and a database.
 */
public final class ShopApplication implements Application {

    @FunctionalInterface
    interface Request {
        void run(AppSession session, RandomGenerator random) throws SQLException;
    }

    private final String name;
    private final List<Request> mix = new ArrayList<>();

    public ShopApplication(String name, ShopVersion version, Ledger ledger) {
        this.name = requireNonNull(name);
        requireNonNull(version);
        UserRequests users = new UserRequests(version, ledger);
        ProductRequests products = new ProductRequests(version, ledger);
        OrderRequests orders = new OrderRequests(version, ledger);
        add(14, users::readById);
        add(12, users::readByEmail);
        add(4, users::register);
        add(2, users::registerWithoutReturning);
        add(2, users::registerUnlessKnown);
        add(8, users::changeName);
        add(4, users::changeLastName);
        add(5, users::changeEmail);
        add(8, users::visit);
        add(2, users::delete);
        add(8, products::read);
        add(4, products::changePrice);
        add(3, products::raisePrice);
        add(2, products::insert);
        add(3, products::upsert);
        add(12, orders::read);
        add(6, orders::listOfUser);
        add(6, orders::place);
        add(5, orders::change);
        add(4, orders::handOver);
        add(2, orders::cancel);
    }

    private void add(int weight, Request request) {
        for (int i = 0; i < weight; i++) {
            mix.add(request);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void request(AppSession session, RandomGenerator random) throws SQLException {
        mix.get(random.nextInt(mix.size())).run(session, random);
    }
}
