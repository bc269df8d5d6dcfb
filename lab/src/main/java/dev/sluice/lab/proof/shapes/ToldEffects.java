package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Note;
import dev.sluice.plan.Plan;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Effects of UPDATE and DELETE on other tables that differ while both versions run. Until contract a foreign key that goes follows
 * what the new version changes, and one that comes does not yet; what the old version changes where a new column was looked up
 * does not come into that any more. That the plan says so is all there is to it, so its notes are what counts. Immutable.
 *
 * @param lookedUp names of tables in which values of new columns are looked up
 * @param followed names of the tables whose changes such a key follows, or would: themselves, or those whose rows take theirs along
 */
record ToldEffects(Set<String> lookedUp, Set<String> followed) {

    private static final Pattern LOOKED_UP =
            Pattern.compile("the new column .+ is looked up in (.+) when its row is filled");

    private static final String KEYS = "until contract, what the new version deletes or updates in ";

    ToldEffects {
        lookedUp = Set.copyOf(lookedUp);
        followed = Set.copyOf(followed);
    }

    static ToldEffects of(Catalog start, Catalog plain, Plan plan) {
        List<String> notes = plan.notes().stream().map(Note::text).toList();
        Set<String> lookedUp = start.tables().keySet().stream()
                .filter(table -> notes.stream()
                        .flatMap(text -> LOOKED_UP.matcher(text).results())
                        .anyMatch(found -> List.of(found.group(1).split(", ")).contains(table.toString())))
                .map(QualifiedName::name)
                .collect(Collectors.toSet());
        return new ToldEffects(lookedUp, followed(List.of(start, plain), notes));
    }

    private static Set<String> followed(List<Catalog> versions, List<String> notes) {
        Set<QualifiedName> tables = new TreeSet<>();
        keys(
                        versions,
                        (table, key) -> notes.stream()
                                .anyMatch(text -> text.startsWith(KEYS) && text.contains(": " + key.name() + " (")))
                .forEach(key -> tables.add(key.table()));
        int before;
        do {
            before = tables.size();
            keys(versions, (table, key) -> tables.contains(table.name()))
                    .toList()
                    .forEach(key -> tables.add(key.table()));
        } while (tables.size() > before);
        return tables.stream().map(QualifiedName::name).collect(Collectors.toSet());
    }

    private static Stream<Constraint.ForeignKey> keys(List<Catalog> versions, BiPredicate<Table, Constraint> which) {
        return versions.stream()
                .flatMap(catalog -> catalog.tables().values().stream())
                .flatMap(table -> table.constraints().stream().filter(constraint -> which.test(table, constraint)))
                .flatMap(constraint -> constraint.foreignKey().stream());
    }

    /** Whether the statement has the same effects on both databases, so that they may stay. */
    boolean stays(Promise.Stage stage, VersionStatement statement) {
        Set<String> tables = switch (stage) {
            case OLD -> lookedUp;
            case NEW_BEFORE_END -> followed;
            case END -> Set.of();
        };
        boolean changes = statement.mentions("delete") || statement.mentions("update");
        return !changes || tables.stream().noneMatch(statement::mentions);
    }
}
