package dev.sluice.lint;

import dev.sluice.lint.effect.Effect;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The locks that a transaction holds on relations in use, and on all. Grows with each statement; used by one thread. */
public final class Held {

    private final Map<LockMode, Set<QualifiedName>> inUse = new EnumMap<>(LockMode.class);
    private final Map<QualifiedName, LockMode> all = new HashMap<>();

    Held() {
        for (LockMode mode : LockMode.values()) {
            inUse.put(mode, new LinkedHashSet<>());
        }
    }

    void add(Effect effect, Set<QualifiedName> used) {
        for (QualifiedName relation : used) {
            LockMode strongest = effect.lock(relation);
            inUse.forEach((mode, relations) -> {
                if (mode.compareTo(strongest) <= 0) {
                    relations.add(relation);
                }
            });
        }
        effect.locks().forEach((relation, mode) -> all.merge(relation, mode, (a, b) -> a.compareTo(b) < 0 ? b : a));
    }

    void clear() {
        inUse.values().forEach(Set::clear);
        all.clear();
    }

    /** Relations in use that are locked at least this strongly, that which was locked first before the others. */
    public List<QualifiedName> atLeast(LockMode mode) {
        return List.copyOf(inUse.getOrDefault(mode, Set.of()));
    }

    /** The strongest lock on a relation, in use or not; the weakest there is for none. */
    public LockMode strongest(QualifiedName relation) {
        return all.getOrDefault(relation, LockMode.ACCESS_SHARE);
    }
}
