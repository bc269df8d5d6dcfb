package dev.sluice.catalog;

/** When a trigger, rule or event trigger fires: {@code tgenabled}, {@code ev_enabled}, {@code evtenabled}. */
public enum FiringMode {
    /** Fires in origin and local sessions: the default. */
    ORIGIN,
    /** {@code ENABLE ALWAYS}. */
    ALWAYS,
    /** {@code ENABLE REPLICA}. */
    REPLICA,
    DISABLED
}
