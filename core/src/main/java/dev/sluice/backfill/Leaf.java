package dev.sluice.backfill;

import dev.sluice.sql.QualifiedName;

/**
 * A table with rows of its own: the table itself, a leaf partition, or an inheritance child.
 *
 * @param root the table the step names; its unqualified name is the alias of the leaf in every statement, so that
 *     expressions may qualify their columns with it
 * @param filenode changes with every rewrite
 * @param blocks size when it was looked at
 * @param rows by its statistics, −1 when they do not know
 * @param heap whether it has block numbers: false for foreign tables and foreign access methods
 * @param foreign whether its rows are on another server
 */
record Leaf(
        long oid,
        QualifiedName name,
        QualifiedName root,
        long filenode,
        long blocks,
        long rows,
        boolean heap,
        boolean secondaryIndexes,
        boolean foreign) {

    /** For FROM and UPDATE: this table alone, under the name that the expressions know. */
    String from() {
        return "ONLY " + name.quoted() + " AS " + alias();
    }

    String alias() {
        return dev.sluice.sql.Identifier.quote(root.name());
    }
}
