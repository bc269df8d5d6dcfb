package dev.sluice.lab.shadow;

import dev.sluice.lint.Observed;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What happened between two looks at a database, to the relations that a script found there. */
final class Differences {

    private final String server;
    private final Snapshot start;
    private final Set<QualifiedName> unfilled;

    /**
     * @param start the database before the script
     * @param unfilled tables without rows
     */
    Differences(String server, Snapshot start, Set<QualifiedName> unfilled) {
        this.server = server;
        this.start = start;
        this.unfilled = unfilled;
    }

    /** Of a statement in a transaction, by the session that ran it. */
    Observed inTransaction(Snapshot before, Snapshot after) {
        return new Observed(
                server,
                true,
                locks(before, before),
                locks(before, after),
                rewritten(before, after),
                scanned(before, after),
                indexed(before, after),
                List.of(),
                unfilled,
                Optional.empty());
    }

    /** Of a statement outside of transactions, by others. */
    Observed outside(Snapshot before, Snapshot after, Map<QualifiedName, LockMode> locks, List<String> waits) {
        return new Observed(
                server,
                false,
                Map.of(),
                locks,
                rewritten(before, after),
                Set.of(),
                indexed(before, after),
                waits,
                unfilled,
                Optional.empty());
    }

    Observed failed(boolean transactional, String message) {
        return new Observed(
                server,
                transactional,
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                unfilled,
                Optional.of(message));
    }

    private boolean isOld(long oid) {
        return start.relations().containsKey(oid);
    }

    /** By the names that the statement could use. */
    private Map<QualifiedName, LockMode> locks(Snapshot before, Snapshot at) {
        Map<QualifiedName, LockMode> locks = new HashMap<>();
        at.locks().forEach((oid, mode) -> {
            Snapshot.Relation relation = before.relations().get(oid);
            if (relation != null && isOld(oid) && !relation.isIndex()) {
                locks.put(relation.name(), mode);
            }
        });
        return locks;
    }

    private Set<QualifiedName> rewritten(Snapshot before, Snapshot after) {
        Set<QualifiedName> names = new TreeSet<>();
        before.relations().forEach((oid, was) -> {
            if (isOld(oid) && !was.isIndex() && hasNewFile(oid, was, after)) {
                names.add(was.name());
            }
        });
        return names;
    }

    private static boolean hasNewFile(long oid, Snapshot.Relation was, Snapshot after) {
        Snapshot.Relation is = after.relations().get(oid);
        return is != null && was.file() != 0 && is.file() != was.file();
    }

    private Set<QualifiedName> scanned(Snapshot before, Snapshot after) {
        Set<QualifiedName> names = new TreeSet<>();
        before.relations().forEach((oid, was) -> {
            Snapshot.Relation is = after.relations().get(oid);
            if (is != null && isOld(oid) && is.scans() > was.scans()) {
                long read = is.read() - was.read();
                if (read > 0 && read >= was.rows()) {
                    names.add(was.name());
                }
            }
        });
        return names;
    }

    private Set<QualifiedName> indexed(Snapshot before, Snapshot after) {
        Set<QualifiedName> names = new TreeSet<>();
        after.relations().forEach((oid, is) -> {
            Snapshot.Relation table = before.relations().get(is.indexed());
            if (!is.isIndex() || table == null || !isOld(is.indexed())) {
                return;
            }
            // a change of the column's type makes its index anew, under its name, from the old one's file if that
            // serves
            Optional<Snapshot.Relation> was = Optional.ofNullable(
                            before.relations().get(oid))
                    .or(() -> before.relations().values().stream()
                            .filter(r -> r.isIndex() && r.name().equals(is.name()))
                            .findFirst());
            boolean built = was.isEmpty() || was.get().file() != is.file() && !hasNewFile(is.indexed(), table, after);
            if (built) {
                names.add(table.name());
            }
        });
        return names;
    }
}
