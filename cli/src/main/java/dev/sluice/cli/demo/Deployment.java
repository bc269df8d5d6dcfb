package dev.sluice.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.shop.Ledger;
import dev.sluice.lab.shop.ShopApplication;
import dev.sluice.lab.shop.ShopVersion;
import dev.sluice.lab.traffic.Load;
import dev.sluice.lab.traffic.Recorder;
import dev.sluice.lab.traffic.Traffic;
import java.sql.SQLException;
import java.util.Optional;

/** Which versions of the application run: up to two, one of them the older. Used by one thread, read by others. */
final class Deployment implements AutoCloseable {
    private final ConnectionSource source;
    private final Ledger ledger;
    private final Load load;
    private final Recorder oldRecorder = new Recorder();
    private final Recorder newRecorder = new Recorder();
    private volatile Optional<Traffic> oldVersion = Optional.empty();
    private volatile Optional<Traffic> newVersion = Optional.empty();

    Deployment(ConnectionSource source, Ledger ledger, Load load) {
        this.source = requireNonNull(source);
        this.ledger = requireNonNull(ledger);
        this.load = requireNonNull(load);
    }

    void startOld(String name, ShopVersion version) throws SQLException {
        oldVersion = Optional.of(start(name, version, oldRecorder));
    }

    void startNew(String name, ShopVersion version) throws SQLException {
        newVersion = Optional.of(start(name, version, newRecorder));
    }

    private Traffic start(String name, ShopVersion version, Recorder recorder) throws SQLException {
        return Traffic.start(new ShopApplication(name, version, ledger), source, load, recorder);
    }

    /** The old version answers what it was asked, and ends. */
    void stopOld() {
        oldVersion.ifPresent(Traffic::drain);
        oldVersion = Optional.empty();
    }

    void stopNew() {
        newVersion.ifPresent(Traffic::drain);
        newVersion = Optional.empty();
    }

    /** With the next release in sight, the only version is the old one. */
    void newBecomesOld() {
        if (oldVersion.isPresent()) {
            throw new IllegalStateException("the old version still runs");
        }
        newVersion.ifPresent(traffic -> traffic.recordInto(oldRecorder));
        oldVersion = newVersion;
        newVersion = Optional.empty();
    }

    Recorder oldRecorder() {
        return oldRecorder;
    }

    Recorder newRecorder() {
        return newRecorder;
    }

    Optional<String> oldName() {
        return oldVersion.map(traffic -> traffic.application().name());
    }

    Optional<String> newName() {
        return newVersion.map(traffic -> traffic.application().name());
    }

    @Override
    public void close() {
        stopOld();
        stopNew();
    }
}
