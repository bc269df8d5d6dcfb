package dev.sluice.lint;

import static java.util.Objects.requireNonNull;

import dev.sluice.lint.effect.Effect;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a server was seen to do with a statement, on relations that were there before the script.
 *
 * @param server its version, for people: {@code PostgreSQL 16.4}
 * @param transactional whether it ran in a transaction; else it was looked at from other sessions, which may miss what is short
 * @param held the strongest locks that the transaction had before
 * @param locks the strongest after it, those of before included
 * @param rewritten relations with new files
 * @param scanned tables that were read from end to end
 * @param indexed tables that got new or rebuilt indexes
 * @param waits what it waited for, while another session had an open transaction that writes
 * @param unfilled tables without rows: what is done with rows could not be seen there
 * @param failure how the server refused it
 */
public record Observed(
        String server,
        boolean transactional,
        Map<QualifiedName, LockMode> held,
        Map<QualifiedName, LockMode> locks,
        Set<QualifiedName> rewritten,
        Set<QualifiedName> scanned,
        Set<QualifiedName> indexed,
        List<String> waits,
        Set<QualifiedName> unfilled,
        Optional<String> failure) {

    public Observed {
        requireNonNull(server);
        held = Map.copyOf(held);
        locks = Map.copyOf(locks);
        rewritten = Set.copyOf(rewritten);
        scanned = Set.copyOf(scanned);
        indexed = Set.copyOf(indexed);
        waits = List.copyOf(waits);
        unfilled = Set.copyOf(unfilled);
        requireNonNull(failure);
    }

    /** Locks that the statement itself took, or made stronger. */
    public Map<QualifiedName, LockMode> taken() {
        Map<QualifiedName, LockMode> taken = new LinkedHashMap<>();
        locks.entrySet().stream()
                .filter(lock -> lock.getValue() != held.get(lock.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(lock -> taken.put(lock.getKey(), lock.getValue()));
        return taken;
    }

    /** Whether it works on all rows of a table under a lock that writers wait for. */
    public boolean isWorkUnderLock() {
        return workedOn().stream()
                .anyMatch(table ->
                        locks.getOrDefault(table, LockMode.ACCESS_SHARE).conflictsWith(LockMode.ROW_EXCLUSIVE));
    }

    /** Tables of which it touched every row. */
    public Set<QualifiedName> workedOn() {
        Set<QualifiedName> tables = new LinkedHashSet<>(rewritten);
        tables.addAll(scanned);
        tables.addAll(indexed);
        return tables;
    }

    /**
     * The truth in place of what reading said. Locks that were held before may have been taken again, which nobody can see:
     * there, reading is believed.
     *
     * @param data whether it is a statement about rows: how they are found is a matter of sizes, which are not those of a
     *     real database
     */
    Effect correct(Effect read, boolean data) {
        if (!transactional || failure.isPresent()) {
            return read;
        }
        Map<QualifiedName, LockMode> truth = new LinkedHashMap<>();
        read.locks().forEach((relation, mode) -> {
            LockMode seen = locks.get(relation);
            LockMode before = held.get(relation);
            if (seen == null) {
                truth.put(relation, mode); // new, or dropped, or a name of a relation that has another one now
            } else {
                truth.put(relation, seen == before && mode.compareTo(seen) < 0 ? mode : seen);
            }
        });
        taken().forEach(truth::putIfAbsent);
        return new Effect(
                truth,
                merged(read.rewritten(), rewritten),
                data ? read.scanned() : merged(read.scanned(), scanned),
                merged(read.indexed(), indexed),
                read.transactional(),
                Optional.empty(),
                List.of());
    }

    /** What reading says of a part of the statement, without what the whole was not seen to do. */
    Effect limit(Effect part, Effect whole) {
        return new Effect(
                part.locks(),
                common(part.rewritten(), whole.rewritten()),
                common(part.scanned(), whole.scanned()),
                common(part.indexed(), whole.indexed()),
                part.transactional(),
                part.failure(),
                List.of());
    }

    /** Of relations that the script made, and of those without rows, only reading tells. */
    private Set<QualifiedName> merged(Set<QualifiedName> read, Set<QualifiedName> seen) {
        Set<QualifiedName> merged = new LinkedHashSet<>(seen);
        read.stream()
                .filter(relation -> unfilled.contains(relation) || !locks.containsKey(relation))
                .forEach(merged::add);
        return merged;
    }

    private static Set<QualifiedName> common(Set<QualifiedName> a, Set<QualifiedName> b) {
        Set<QualifiedName> common = new LinkedHashSet<>(a);
        common.retainAll(b);
        return common;
    }
}
