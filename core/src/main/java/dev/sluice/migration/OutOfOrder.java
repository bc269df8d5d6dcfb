package dev.sluice.migration;

/** What to do with a migration that is not applied while a later one is, as after a merge of two branches. */
public enum OutOfOrder {
    /** Refuse, since a fresh database would be built in another order than this one was. */
    REFUSE,
    /** Apply it now. */
    ALLOW
}
