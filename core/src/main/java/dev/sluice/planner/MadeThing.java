package dev.sluice.planner;

import dev.sluice.planner.CatalogLook.Kind;
import dev.sluice.planner.CatalogLook.Subject;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement makes.
 *
 * @param kind what it is, for a look for it
 * @param words what it is, for people
 * @param schema its schema, or that of its table; empty for what has none
 * @param table the table it belongs to
 * @param duplicate the error when it is there (PostgreSQL documentation, "PostgreSQL Error Codes")
 * @param exists whether PostgreSQL would find it made already, or its name taken
 * @param namesakes whether a look that does not say the schema or the table would find something else by its name
 * @param taken whether what has its name is something else
 */
record MadeThing(
        Kind kind,
        String words,
        String name,
        String schema,
        Optional<String> table,
        String duplicate,
        boolean exists,
        boolean namesakes,
        boolean taken) {

    /** Whether a look finds exactly this thing, when it is there. */
    boolean isFoundBy(CatalogLook look, String currentSchema) {
        return look.catalog().shows(kind)
                && look.of(Subject.NAME).equals(Set.of(name))
                && look.of(Subject.SCHEMA).stream()
                        .map(s -> s.equals(CatalogLook.CURRENT_SCHEMA) ? currentSchema : s)
                        .allMatch(schema::equals)
                && look.of(Subject.TABLE).stream().allMatch(t -> Optional.of(t).equals(table))
                && (kind != Kind.COLUMN || !look.of(Subject.TABLE).isEmpty())
                && !namesakes
                && !taken;
    }
}
