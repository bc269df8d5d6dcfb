package dev.sluice.plan;

/**
 * PostgreSQL's table-level lock modes, weakest first (PostgreSQL documentation, "Explicit Locking", table-level locks).
 */
public enum LockMode {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /** As written in {@code LOCK TABLE … IN … MODE}. */
    public String sql() {
        return name().replace('_', ' ');
    }

    /** As {@code pg_locks.mode} shows it, for example {@code AccessExclusiveLock}. */
    public String pgLocksName() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.append("Lock").toString();
    }

    /** Whether two sessions can hold these modes on one table only one after the other (documentation, table 13.2). */
    public boolean conflictsWith(LockMode other) {
        return switch (this) {
            case ACCESS_SHARE -> other == ACCESS_EXCLUSIVE;
            case ROW_SHARE -> other.ordinal() >= EXCLUSIVE.ordinal();
            case ROW_EXCLUSIVE -> other.ordinal() >= SHARE.ordinal();
            case SHARE_UPDATE_EXCLUSIVE -> other.ordinal() >= SHARE_UPDATE_EXCLUSIVE.ordinal();
            case SHARE -> other.ordinal() >= ROW_EXCLUSIVE.ordinal() && other != SHARE;
            case SHARE_ROW_EXCLUSIVE -> other.ordinal() >= ROW_EXCLUSIVE.ordinal();
            case EXCLUSIVE -> other.ordinal() >= ROW_SHARE.ordinal();
            case ACCESS_EXCLUSIVE -> true;
        };
    }
}
