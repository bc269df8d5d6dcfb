package dev.sluice.lint.effect;

import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement does to the relations of a database. Locks of indexes are left out: whoever uses one has locked its table.
 *
 * @param locks the strongest lock on each relation, in the order in which they are taken
 * @param rewritten relations that get new files
 * @param scanned tables that are read from end to end
 * @param indexed tables for which it builds an index
 * @param transactional false where PostgreSQL refuses it in a transaction block
 * @param failure why PostgreSQL refuses it in any case
 * @param doubts what would have to be known to say more
 */
public record Effect(
        Map<QualifiedName, LockMode> locks,
        Set<QualifiedName> rewritten,
        Set<QualifiedName> scanned,
        Set<QualifiedName> indexed,
        boolean transactional,
        Optional<String> failure,
        List<String> doubts) {

    public LockMode lock(QualifiedName relation) {
        return locks.getOrDefault(relation, LockMode.ACCESS_SHARE);
    }
}
