package dev.sluice.catalog;

/** {@code pg_class.relreplident}; for INDEX the index carries {@link Index#replicaIdentity()}. */
public enum ReplicaIdentity {
    DEFAULT,
    NOTHING,
    FULL,
    INDEX
}
