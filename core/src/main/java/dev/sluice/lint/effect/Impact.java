package dev.sluice.lint.effect;

import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An {@link Effect} in the making. */
final class Impact {

    private final Map<QualifiedName, LockMode> locks = new LinkedHashMap<>();
    private final Set<QualifiedName> rewritten = new LinkedHashSet<>();
    private final Set<QualifiedName> scanned = new LinkedHashSet<>();
    private final Set<QualifiedName> indexed = new LinkedHashSet<>();
    private final List<String> doubts = new ArrayList<>();
    private boolean transactional = true;
    private Optional<String> failure = Optional.empty();

    void lock(QualifiedName relation, LockMode mode) {
        locks.merge(relation, mode, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    /** The rows are copied into new files, and all indexes built anew. */
    void rewrite(KnownTable table) {
        if (table.holdsRows()) {
            rewritten.add(table.name());
            scan(table);
        }
    }

    void newFiles(QualifiedName relation) {
        rewritten.add(relation);
    }

    /** Its rows are read from end to end, if it has any. */
    void scan(KnownTable table) {
        if (table.holdsRows() && table.mayHaveRows()) {
            scanned.add(table.name());
        }
    }

    void buildIndex(KnownTable table) {
        if (table.holdsRows()) {
            indexed.add(table.name());
            scan(table);
        }
    }

    void outsideTransactions() {
        transactional = false;
    }

    void fails(String why) {
        failure = failure.or(() -> Optional.of(why));
    }

    void doubt(String what) {
        if (!doubts.contains(what)) {
            doubts.add(what);
        }
    }

    Effect effect() {
        return new Effect(
                Collections.unmodifiableMap(locks),
                Collections.unmodifiableSet(rewritten),
                Collections.unmodifiableSet(scanned),
                Collections.unmodifiableSet(indexed),
                transactional,
                failure,
                List.copyOf(doubts));
    }
}
